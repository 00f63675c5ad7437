"""A small world of made-up people: two organisations, the branch, a candidate, and a stranger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from binome.bureau.tranches import trancher
from binome.comptes.acteur import Acteur
from binome.comptes.facteurs import poser_application
from binome.comptes.models import Personne
from binome.comptes.services import creer_organisation, dire_la_personne, donner_role
from binome.dossiers import points, services
from binome.dossiers.employeurs.services import suivre
from binome.dossiers.etats import EtatDePiece
from binome.dossiers.flux import FLUX
from binome.dossiers.models import Dossier, Piece
from binome.emplois.services import adherer
from binome.gestes.auteur import Maison
from binome.gestes.services import faire
from binome.journal.inventaire import GESTE
from binome.journal.lignes import lignes
from binome.journal.services import SYSTEME, Ecriture, ecrire
from binome.pieces import examen
from tests.souvenirs import remembre

if TYPE_CHECKING:
    from django.db.models import Model

    from binome.comptes.models import Organisation

FAITS: dict[str, Any] = {
    "date_entree": "2026-01-15",
    "diplomes": ["secretaire_medical"],
    "niveau_diplome": 4,
    "experience_secretaire_mois": 60,
    "afgsu_niveau": 0,
    "situation": "salarie_cabinet",
    "contrat": "cdi",
}
IDENTITE: dict[str, Any] = {
    "prenom": "Léa",
    "nom": "Exemple",
    "naissance": date(1984, 5, 3),
    "courriel": "lea@exemple.fr",
    "employeur": "Cabinet d’exemple",
}
_rang = iter(range(1, 1_000_000))


def personne(nom: str, **autres: Any) -> Personne:
    """A made-up person, known by a first name."""
    creee = Personne.objects.create_user(
        f"{nom}@exemple.fr", prenom=nom.title(), nom="Exemple", exemple=True, **autres
    )
    dire_la_personne(creee, auteur=SYSTEME)
    return creee


def dire(objet: str, *ecrites: Model) -> None:
    """Tells the journal of rows that this world writes without a gesture."""
    ecrire(Ecriture(GESTE, objet, lignes=lignes(ecrites)))


def suivi_par(dossier: Dossier, employeur: Organisation) -> None:
    """An employer follows a dossier, as if the organisation had said it; its own gesture invites besides."""
    ecrire(Ecriture(GESTE, dossier.objet, lignes=suivre(dossier, employeur, auteur=SYSTEME)))


@dataclass
class Monde:
    """Alice files dossiers, Bob trains in the same organisation, Charlie manages another one.

    Emma examines for the branch, Ana administers it; Léa is the candidate.
    """

    organisme: Organisation
    autre: Organisation
    branche: Organisation
    alice: Personne
    bob: Personne
    charlie: Personne
    emma: Personne
    ana: Personne
    lea: Personne


@remembre
def construire() -> Monde:
    """The world, written through the services."""
    organisme = creer_organisation("organisme", "Organisme A", exemple=True)
    autre = creer_organisation("organisme", "Organisme C", exemple=True)
    branche = creer_organisation("branche", "Branche d’exemple", exemple=True)
    monde = Monde(
        organisme, autre, branche,
        *(personne(nom) for nom in ("alice", "bob", "charlie", "emma", "ana", "lea")),
    )  # fmt: skip
    donner_role(monde.alice, organisme, "gestionnaire")
    donner_role(monde.bob, organisme, "formateur")
    donner_role(monde.charlie, autre, "gestionnaire")
    donner_role(monde.emma, branche, "examinateur")
    donner_role(monde.ana, branche, "administrateur")
    for une in (monde.emma, monde.ana):
        poser_application(une)
    return monde


@remembre
def brouillon(monde: Monde, **faits: Any) -> Dossier:
    """A draft with everything that filing asks for."""
    alice = Acteur(monde.alice)
    dossier = services.ouvrir(monde.organisme, alice, exemple=True)
    dossier = services.ecrire_identite(dossier, IDENTITE, alice, version=dossier.version)
    dossier = services.declarer(dossier, {**FAITS, **faits}, alice, version=dossier.version)
    dossier.candidat = monde.lea
    dossier.save(update_fields=["candidat"])
    dire(dossier.objet, dossier)
    return dossier


@remembre
def depose(monde: Monde, **faits: Any) -> Dossier:
    """The same, filed."""
    dossier = brouillon(monde, **faits)
    return services.deposer(dossier, Acteur(monde.alice), version=dossier.version)


def joindre(monde: Monde, dossier: Dossier, nature: str) -> Piece:
    """A document as the shelf keeps it."""
    piece = Piece.objects.create(
        dossier=dossier,
        nature=nature,
        nom=f"{nature}.pdf",
        fichier=f"essai-{next(_rang)}",
        type="application/pdf",
        octets=1000,
        pages=1,
        empreinte="0" * 64,
        deposee_par=monde.alice,
    )
    dire(dossier.objet, piece)
    return piece


@remembre
def prouve(monde: Monde, **faits: Any) -> Dossier:
    """A filed dossier whose every declared fact is proven, and that awaits no document."""
    dossier = depose(monde, **faits)
    emma = Acteur(monde.emma)
    dits = {un.nom: un.valeur for un in dossier.faits.all()}
    natures = {
        "diplomes": ("diplomes", "niveau_diplome"),
        "experience": ("experience_secretaire_mois", "experience_dentaire_mois"),
        "contrat": ("situation", "contrat"),
        "afgsu": ("afgsu_niveau",),
        "identite": (),
        "cv": (),
    }
    for nature, noms in natures.items():
        piece = joindre(monde, dossier, nature)
        piece.dossier = dossier
        examen.accepter_piece(
            piece,
            emma,
            version=dossier.version,
            faits={nom: dits[nom] for nom in noms if nom in dits},
        )
    assert not dossier.pieces.filter(etat=EtatDePiece.RECUE).exists()
    return dossier


@remembre
def propose(monde: Monde, **faits: Any) -> Dossier:
    """A dossier whose proposal waits for a decision."""
    dossier = prouve(monde, **faits)
    services.proposer(dossier, Acteur(monde.emma), version=dossier.version)
    return dossier


def notifiee(dossier: Dossier) -> Dossier:
    """The same dossier once everybody may read its decision, without its letter."""
    dossier = Dossier.objects.get(pk=dossier.pk)
    donnees = {"decision": dossier.decisions.get(annulee_le__isnull=True), "le": timezone.now()}
    faire(FLUX, "notifier", dossier, Maison(), version=dossier.version, donnees=donnees)
    return Dossier.objects.get(pk=dossier.pk)


def trancher_tout(monde: Monde, dossier: Dossier) -> None:
    """The branch settles every alert that the dossier's proposal has."""
    proposition = dossier.propositions.order_by("-pk").first()
    assert proposition is not None
    for alerte in proposition.prouve["alertes"]:
        if alerte["code"] not in points.points_tranches(dossier.certification):
            trancher(
                dossier.certification, alerte["code"], "Position d’exemple.", Acteur(monde.ana)
            )


@remembre
def entourage(monde: Monde, dossier: Dossier) -> dict[str, Personne | None]:
    """One person for each column of the matrix of permissions, around a dossier of Alice's.

    The practice of the dossier is Paul's (employer) and Tom's (tutor); Gaëlle answers for the group that it is
    a member of. Quentin employs elsewhere, Marc is the candidate of another dossier, of Charlie's.
    """
    cabinet = creer_organisation("cabinet", "Cabinet d’exemple", exemple=True)
    ailleurs = creer_organisation("cabinet", "Cabinet d’ailleurs", exemple=True)
    groupement = creer_organisation("groupement", "Groupement d’exemple", exemple=True)
    adherer(groupement, cabinet, date(2026, 1, 1), auteur=SYSTEME)
    suivi_par(dossier, cabinet)
    qui: dict[str, Personne | None] = {
        "anonyme": None,
        "gestionnaire": monde.alice,
        "formateur": monde.bob,
        "gestionnaire-autre": monde.charlie,
        "candidat": monde.lea,
        "candidat-autre": personne("marc"),
    }
    charlie = Acteur(monde.charlie)
    autre = services.ouvrir(monde.autre, charlie, exemple=True)
    Dossier.objects.filter(pk=autre.pk).update(candidat=qui["candidat-autre"])
    for colonne, nom, organisation, role in (
        ("employeur", "paul", cabinet, "employeur"),
        ("tuteur", "tom", cabinet, "tuteur"),
        ("employeur-autre", "quentin", ailleurs, "employeur"),
        ("groupement", "gaelle", groupement, "groupement"),
        ("jury", "julie", monde.branche, "jury"),
    ):
        une = personne(nom)
        donner_role(une, organisation, role)
        qui[colonne] = une
    for genre in ("opco", "cpam", "pilotage", "soutien"):
        role = {"pilotage": "pilote"}.get(genre, genre)
        une = personne(f"dans-{genre}")
        donner_role(une, creer_organisation(genre, f"{genre} d’exemple", exemple=True), role)
        qui[role] = une
    for role in ("jury", "soutien"):
        avec = qui[role]
        assert avec is not None
        poser_application(avec)
    return {**qui, "examinateur": monde.emma, "administrateur": monde.ana}
