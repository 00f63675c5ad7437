"""The objects that the addresses of the matrix name, all of Alice's organisation."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.test import Client
from django.utils import timezone

from binome.bureau.decisions import decider
from binome.comptes.acteur import Acteur
from binome.comptes.models import Appartenance, Invitation, Organisation
from binome.courrier.models import Message
from binome.depot.etats import EtatDApercu
from binome.dossiers import rayons
from binome.dossiers.employeurs.services import emplois_du, qui_suivent
from binome.dossiers.models import (
    Confirmation,
    Decision,
    Dossier,
    Import,
    PageDApercu,
    Piece,
    PointTranche,
    Recours,
)
from binome.epreuves.flows import PASSATIONS
from binome.epreuves.models import Passation
from binome.factures.models import Depense, Facture
from binome.factures.rayons import FACTURES_SCELLEES, JUSTIFICATIFS
from binome.gestes.services import faire, naitre
from binome.journal.models import Jeton, Racine
from binome.jurys.models import Jury, PlaceAuJury, ReglementDeJury
from binome.lettres.models import LettreDeSuite
from binome.parcours.models import Parcours
from binome.pilotage.relever import relever
from binome.prises_en_charge.certificats import delivrer as certifier_le_mois
from binome.prises_en_charge.etablir import etablir
from binome.prises_en_charge.models import CertificatDeRealisation
from binome.prises_en_charge.rayons import CERTIFICATS_SCELLES
from binome.sessions.flows import SESSIONS
from binome.titres.badges import creer_les_badges
from binome.titres.cles import tourner
from binome.titres.etats import NatureDeTitre
from binome.titres.models import Duplicata, Titre
from binome.titres.rayons import PARCHEMINS
from tests.dossiers import monde as gens
from tests.gestes.atelier.models import Demande
from tests.jurys.vie import jury_de
from tests.livret.vie import Binome, dit, envoi, rendre, une_page
from tests.matrice.contrats import des_contrats
from tests.passeport.vie import un_lot
from tests.presences.feuilles import une_feuille
from tests.presences.suivi import inscrire, poser
from tests.presences.vie import un_creneau, une_session
from tests.prises_en_charge.monde import ce_mois, payer, un_jour
from tests.reseau.vie import un_appel, une_candidature
from tests.sessions.vie import inscrire as inscrire_a
from tests.souvenirs import remembre
from tests.titres.monde import ESSAI

if TYPE_CHECKING:
    from binome.comptes.models import Personne
    from binome.prises_en_charge.models import EtatDeService, PriseEnCharge
    from binome.reseau.models import SiteDeFormation
    from binome.sessions.models import Creneau, Inscription
    from tests.dossiers.monde import Monde

PARAMETRE = re.compile(r"<(?:\w+:)?(\w+)>")


PUBLICS: Final = {
    "sources/": "arrete-2019",
    "api/v1/sources/": "arrete-2019",
    "regles/": "fenetre.avant-2021",
    "api/v1/regles/": "fenetre.avant-2021",
    "referentiels/": "rncp40913",
    "api/v1/referentiels/": "rncp40913",
    "missions/": "A1",
    "organismes/": "afbb",
    "donnees/": "contrats",
    "tableaux-du-rapport/": "tableau-5",
    "simulateur/essai/": "assistant-dentaire",
    "simulateur/": "candidat",
    "integrer/": "candidat",
    "kit/": "medecin",
    "api/erreurs/": "panne",
    "api/operations/": "positionner",
    "calendrier/": "inconnue",
    "signer/creneau/": "00000000-0000-0000-0000-000000000000",
    "signer/": "inconnue",
    "verifier/": "23456789ABCDEFGHJ",
    "badges/": "1",
    "api/v1/lots/": "00000000-0000-0000-0000-000000000000",
}
"""What public addresses hold in place of their parameter: the same for everyone, there or not."""
ICONE: Final = b"\x89PNG\r\n\x1a\n un dessin"


def _prise(
    monde: Monde, parcours: Parcours, olga: Personne | None
) -> tuple[PriseEnCharge, EtatDeService, CertificatDeRealisation]:
    """What the Opco of this world agreed for a path, by a route that has a form; a month of it, certified."""
    gens = payer(monde, parcours, olga)
    prise = gens.accordee(voie="contrat_professionnalisation")
    gens.suivre(un_jour(ce_mois(-1)))
    (etat,) = etablir([ce_mois(-1)], [parcours.pk]).etats
    certificat = certifier_le_mois(etat, gens.alice)
    papier = b"%PDF- un certificat"
    CertificatDeRealisation.objects.filter(pk=certificat.pk).update(
        fichier=CERTIFICATS_SCELLES.ranger(papier), empreinte=hashlib.sha256(papier).hexdigest(),
        scelle_le=timezone.now(),
    )  # fmt: skip
    return prise, etat, certificat


def _facture(monde: Monde, prise: PriseEnCharge) -> tuple[Facture, Depense]:
    """An invoice of its agreement and an expense, each with its paper."""
    papier = b"%PDF- une facture"
    jour = timezone.localdate()
    facture = Facture.objects.create(
        nature="facture", organisme=monde.organisme, annee=jour.year, rang=1, prise_en_charge=prise,
        payeur=prise.payeur, le=jour, echeance=jour, total_cents=100, emise_par=monde.alice,
        contenu={"vendeur": {"nom": "V"}, "acheteur": {"nom": "A"}, "payeur": "P", "accord": "1", "dossier": "D"},
        fichier=FACTURES_SCELLEES.ranger(papier), empreinte=hashlib.sha256(papier).hexdigest(),
        scelle_le=timezone.now(),
    )  # fmt: skip
    depense = Depense.objects.create(
        prise_en_charge=prise, employeur=Organisation.objects.filter(genre="cabinet").earliest("pk"),
        payeur=prise.payeur, nature="repas", jour=jour, montant_cents=1, declaree_le=timezone.now(),
        declaree_par=monde.alice, fichier=JUSTIFICATIFS.ranger(papier, "pdf"),
        empreinte=hashlib.sha256(papier).hexdigest(),
    )  # fmt: skip
    return facture, depense


@dataclass(frozen=True)
class Objets:
    """What there is to reach, all of Alice's organisation, and who tries."""

    valeurs: dict[str, dict[str, object]]
    """By the beginning of an address, the longest first: what stands for each parameter."""
    qui: dict[str, Personne | None]

    def chemin(self, adresse: str) -> str:
        """A real path for the address of a route. Raises KeyError for a parameter nobody gave a value."""
        if adresse.startswith("compte/^mot-de-passe"):
            return "/compte/mot-de-passe/nouveau/1-set-password/"
        debut = next((un for un in self.valeurs if adresse.startswith(un)), "")
        publique = next((un for un in PUBLICS if adresse.startswith(un)), "")
        valeurs = self.valeurs[debut] if debut else {}

        def mettre(trouve: re.Match[str]) -> str:
            nom = trouve[1]
            return str(valeurs[nom]) if nom in valeurs else PUBLICS[publique]

        return "/" + PARAMETRE.sub(mettre, adresse)


def _piece(dossier: Dossier) -> Piece:
    """A document of the dossier, really on its shelf, and its page as it was drawn."""
    piece = dossier.pieces.order_by("pk").first()
    assert piece is not None
    Piece.objects.filter(pk=piece.pk).update(
        fichier=rayons.PIECES.ranger(ICONE, "png"),
        type="image/png",
        empreinte=hashlib.sha256(ICONE).hexdigest(),
        apercu=EtatDApercu.DESSINE,
    )
    PageDApercu.objects.create(piece=piece, rang=1, fichier=rayons.APERCUS.ranger(b"RIFF une page"))
    return piece


def _decision(monde: Monde, cabinet: Organisation) -> Decision:
    """A decision of the same organisation and practice, notified, its letter on the shelf."""
    dossier = gens.propose(monde)
    gens.trancher_tout(monde, dossier)
    decision = decider(dossier, Acteur(monde.emma), version=dossier.version)
    le = timezone.now()
    gens.suivi_par(dossier, cabinet)
    Decision.objects.filter(pk=decision.pk).update(
        sceau=rayons.LETTRES.ranger(b"%PDF une lettre"),
        sceau_empreinte=hashlib.sha256(b"%PDF une lettre").hexdigest(),
        scellee_le=le,
    )
    gens.notifiee(dossier)
    return Decision.objects.get(pk=decision.pk)


def _lettre_de_suite(decision: Decision, monde: Monde) -> LettreDeSuite:
    """The sealed answer to an appeal against a decision."""
    recours = Recours.objects.create(
        decision=decision, texte="Je conteste.", par=monde.lea, depose_le=timezone.now(),
        issue="maintenue", reponse="Elle est juste.", repondu_par=monde.ana,
        repondu_le=timezone.now(),
    )  # fmt: skip
    return LettreDeSuite.objects.create(
        dossier=decision.dossier, decision=decision, recours=recours, genre="recours",
        demandee_le=timezone.now(), sceau=rayons.LETTRES.ranger(b"%PDF une reponse"),
        sceau_empreinte=hashlib.sha256(b"%PDF une reponse").hexdigest(), scellee_le=timezone.now(),
    )  # fmt: skip


def _creneau(monde: Monde, decision: Decision) -> Creneau:
    """A slot that Bob teaches today, in which the candidate of the decision is expected."""
    session = une_session(monde, publiee=False)
    inscrire(session, Parcours.objects.get(decision=decision), monde)
    return poser(session, monde)


def _session(
    monde: Monde, decision: Decision, site: SiteDeFormation
) -> tuple[Creneau, Inscription]:
    """A slot of a published session that the path of a decision follows, and its enrolment."""
    session = une_session(monde, site, publiee=False)
    creneau = un_creneau(monde, session)
    parcours = Parcours.objects.get(decision=decision)
    inscription = inscrire_a(monde, session, parcours, 1)
    donnees = {"malgre": "oui", "sans_convention": "oui"}
    faire(SESSIONS, "publier", session, Acteur(monde.alice), version=1, donnees=donnees)
    return creneau, inscription


def _passation(parcours: Parcours, monde: Monde) -> Passation:
    """An épreuve without a slot yet, that whoever trains there may judge."""
    passation = Passation(parcours=parcours, bloc=1, epreuve="B1E1", prevue_le=timezone.now())
    naitre(PASSATIONS, "prevoir", [passation], Acteur(monde.alice))
    return passation


def _jury(monde: Monde) -> Jury:
    """A jury of the branch, being prepared."""
    return Jury.objects.create(
        branche=monde.branche, certification="assistant-medical", jour=timezone.localdate()
    )


def _titre(monde: Monde, parcours: Parcours) -> Titre:
    """A title of a path, its paper and that of a duplicate on the shelf, and its badge."""
    jour, contenu = timezone.localdate(), b"%PDF un titre"
    scelle = {
        "empreinte": hashlib.sha256(contenu).hexdigest(), "scelle_le": timezone.now(), "delivre_le": jour,
        "delivre_par": monde.ana,
    }  # fmt: skip
    titre = Titre.objects.create(
        nature=NatureDeTitre.BLOCS, parcours=parcours, emetteur=monde.branche, annee=jour.year, rang=99, essai=True,
        referentiel="rncp40913", blocs=[1], titulaire={"nom": "Léa Exemple", "naissance": "3 mai 1984"},
        contenu={**ESSAI, "rncp": "40913", "decision_le": "2026-01-02", "emetteur": "Branche d’exemple",
                 "blocs": [{"numero": 1, "intitule": "Un bloc", "le": "2026-01-02"}]},
        jeton="A" * 17, fichier=PARCHEMINS.ranger(contenu), **scelle,
    )  # fmt: skip
    Duplicata.objects.create(
        titre=titre, rang=1, fichier=PARCHEMINS.ranger(contenu), **scelle,
    )  # fmt: skip
    creer_les_badges([titre])
    tourner()
    return titre


def _preuve() -> None:
    """A day of the journal that was published, and a stamp over it."""
    Racine.objects.create(
        numero=1, premier=1, nombre=0, racine="0" * 64, feuilles=b"", empreinte="1" * 64,
        annonce='{"autorites":["autorite.exemple.fr"],"jour":"2026-11-30"}',
    )  # fmt: skip
    Jeton.objects.create(racine_id=1, autorite="autorite.exemple.fr", contenu=b"un jeton")


@remembre
def preparer(monde: Monde) -> Objets:
    """One object of each kind, and someone of each role around them."""
    dossier = gens.propose(monde)
    qui = gens.entourage(monde, dossier)
    piece = _piece(dossier)
    dossier.refresh_from_db()
    (cabinet,) = qui_suivent(dossier)
    decision = _decision(monde, cabinet)
    le = timezone.now()
    confirmation = Confirmation.objects.create(
        par=monde.emma, le=le, annulable_jusqu_a=le + timedelta(hours=1), nombre=0
    )
    importation = Import.objects.create(
        organisme=monde.organisme, par=monde.alice, empreinte="0" * 64, lignes=0
    )
    point = PointTranche.objects.order_by("pk").first()
    assert point is not None
    role = Appartenance.objects.get(personne=monde.bob)
    invitation = Invitation.objects.create(
        courriel="nouvelle@exemple.fr", organisation=monde.organisme, role="formateur",
        jeton="0" * 64, par=monde.alice, expire_le=le + timedelta(days=1),
    )  # fmt: skip
    courriel = Message.objects.filter(repondant=monde.organisme).earliest("pk")
    demande = Demande.objects.create(nom="Demande d’exemple", organisme=monde.organisme)
    signe = _creneau(monde, decision)
    livret = Parcours.objects.get(decision=decision)
    # Who is in training said something of this week: they read it again among their own, and nobody else there does.
    binome = Binome(monde, livret, monde.organisme, monde.lea)
    rendre(binome, binome.lea, envoi(binome, dit()))
    scannee = une_feuille(signe, Acteur(monde.alice))
    creneau, inscription = _session(monde, decision, signe.session.site)
    candidature = une_candidature(monde)
    seance = jury_de(monde, livret)
    regles = ReglementDeJury.objects.get()
    lot = un_lot(monde, livret)
    _preuve()
    prise, etat, certificat = _prise(monde, livret, qui["opco"])
    facture, depense = _facture(monde, prise)
    valeurs: dict[str, dict[str, object]] = {
        **des_contrats(qui["employeur"], qui["cpam"]),
        "espace/argent/accords/": {"numero": prise.pk},
        "espace/argent/factures/": {"numero": facture.pk},
        "espace/argent/depenses/": {"numero": depense.pk},
        "espace/argent/listes/": {"nom": "factures"},
        "espace/prises-en-charge/parcours/": {"numero": livret.pk},
        "espace/prises-en-charge/mois/": {"numero": etat.pk},
        "espace/prises-en-charge/certificats/": {"numero": certificat.pk},
        "espace/prises-en-charge/": {
            "numero": prise.pk, "rang": prise.documents.order_by("pk")[0].pk
        },
        "espace/dossiers/<str:reference>/emplois/": {
            "reference": dossier.reference, "numero": emplois_du(dossier)[0].pk
        },
        "espace/dossiers/<str:reference>/examen/": {
            "reference": dossier.reference, "nom": "prendre"
        },
        "espace/dossiers/": {
            "reference": dossier.reference, "numero": piece.pk, "rang": 1, "nom": "demander"
        },
        "espace/lettres/suite/": {"numero": _lettre_de_suite(decision, monde).pk},
        "espace/lettres/": {"numero": decision.pk},
        "espace/courriels/": {"numero": courriel.pk, "nom": "renvoyer"},
        "espace/confirmations/": {"numero": confirmation.pk},
        "espace/imports/": {"pk": importation.pk, "numero": 1},
        "espace/points/": {"numero": point.pk},
        "espace/pilotage/releves/": {"releve": relever(timezone.localdate()).pk},
        "espace/pilotage/indicateurs/": {"indicateur": "entrees"},
        "espace/parcours/": {"numero": Parcours.objects.get(decision=decision).pk},
        "espace/creneaux/": {
            "uid": signe.uid, "nom": "ouvrir", "parcours": 1, "numero": scannee.pk
        },
        "espace/epreuves/creneaux/": {"uid": signe.uid},
        "espace/epreuves/passations/": {
            "numero": _passation(livret, monde).pk, "grille": 1, "nom": "annuler"
        },
        "espace/epreuves/sessions/": {"numero": creneau.session_id},
        "espace/epreuves/parcours/": {"numero": livret.pk, "amenagement": 1},
        "espace/livret/": {
            "numero": livret.pk, "signature": 1, "page": une_page(livret, Acteur(monde.lea)).pk
        },
        "espace/sessions/les-miens/": {"nom": "taire"},
        "espace/sessions/creneaux/": {"uid": creneau.uid, "nom": "annuler"},
        "espace/sessions/parcours/": {"numero": inscription.parcours_id},
        "espace/sessions/inscriptions/": {"numero": inscription.pk},
        "espace/sessions/": {"numero": creneau.session_id, "nom": "annuler"},
        "espace/passeport/lots/": {"numero": lot.pk},
        "espace/passeport/declarations/": {"numero": lot.lignes.get().passage_id},
        "espace/passeport/etats-civils/": {"numero": livret.pk},
        "espace/jurys/membres/": {"numero": seance.membres[0].pk, "nom": "corriger"},
        "espace/jurys/regles/": {"numero": regles.pk},
        "espace/jurys/resultats/": {"numero": seance.presentation.pk},
        "espace/jurys/": {
            "numero": seance.jury.pk, "nom": "ouvrir", "presentation": seance.presentation.pk,
            "place": PlaceAuJury.objects.order_by("pk")[0].pk,
        },
        "espace/titres/jurys/": {"numero": _jury(monde).pk},
        "espace/titres/parcours/": {"numero": livret.pk},
        "espace/titres/": {"numero": _titre(monde, livret).pk, "rang": 1, "bloc": 1},
        "espace/reseau/sites/": {"numero": candidature.sites[0]},
        "espace/reseau/formateurs/": {"numero": candidature.formateurs[0]},
        "espace/reseau/appels/<int:numero>/repondre/": {"numero": candidature.appel_id},
        "espace/reseau/appels/": {"numero": un_appel(monde, publie=False).pk},
        "espace/reseau/candidatures/": {"numero": candidature.pk},
        "espace/suivis/": {"flux": "demande", "numero": demande.pk, "nom": "envoyer"},
        "espace/": {"numero": 1, "nom": "a", "reference": dossier.reference, "jeton": "a"},
        "compte/organisations/": {
            "numero": monde.organisme.pk, "role": role.pk, "invitation": invitation.pk
        },
        "preuves/": {"numero": 1, "rang": 1},
        "compte/": {"jeton": "inconnu", "pk": 1, "numero": 1},
    }  # fmt: skip
    return Objets(valeurs, qui)


def entrer(personne: Personne | None) -> Client:
    """A browser where the person signed in; a fault of ours is a 500, as in life."""
    client = Client(SERVER_NAME="localhost", raise_request_exception=False)
    if personne is not None:
        client.force_login(personne)
    return client
