"""One row a gesture: the mails that leave, whom they reach, what their link opens, the story, and what each side sees.

A gesture of a flow without a row fails `test_chaque_geste_a_sa_ligne`: add it to a life of `vies.py`, with its mails, or
with none and the reason in `binome.lettres.nouvelles.LIGNES`.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import pytest
from django.utils import timezone

from binome.branches.services import ecrire_les_textes
from binome.comptes.acteur import Acteur
from binome.comptes.facteurs import poser_application
from binome.comptes.models import Appartenance
from binome.comptes.services import accepter, creer_organisation, donner_role
from binome.courrier.models import Avis, Message
from binome.dossiers import services
from binome.dossiers.effacement import anonymiser
from binome.dossiers.etats import EtatDePiece
from binome.dossiers.flux import FLUX
from binome.dossiers.models import Decision, Dossier, EmploiSuivi
from binome.employeurs.services import associer
from binome.gestes.auteur import Maison
from binome.gestes.recit import recit
from binome.gestes.registre import flux_de_la_maison
from binome.gestes.services import faire
from binome.gestes.suites import suite_de
from binome.lettres.lettre import sceller
from binome.lettres.notification import notifier
from binome.pieces.examen import accepter_piece
from tests.dossiers.monde import Monde, brouillon, joindre, personne, propose, suivi_par
from tests.echantillons import un_sur
from tests.lettres.vies import ALICE, ANA, DANS_UN_MOIS, EMMA, LEA, PAGE, PAUL, SIRET, VIES, Etape
from tests.parcours.ailleurs import accueillir, avec_sa_lettre

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from django.test import Client
    from pytest_django import Settings

    from binome.comptes.models import Personne

PREUVES: Final = {
    "diplomes": ("diplomes", "niveau_diplome"),
    "experience": ("experience_secretaire_mois",),
    "contrat": ("situation", "contrat"),
    "afgsu": ("afgsu_niveau",),
    "identite": (),
    "cv": (),
}
HORS_D_ATTEINTE: Final = ("charlie", "quentin")
"""Who manages another organisation, and who employed the candidate before: nothing reaches them."""


@pytest.fixture(autouse=True)
def rayon(tmp_path: Path, settings: Settings) -> None:
    """Each test has a shelf of its own; mails may leave."""
    settings.MEDIA_ROOT = tmp_path / "fichiers"
    settings.DEMONSTRATION = True


class Vie:
    """A dossier, and the people around it by first name."""

    def __init__(self, monde: Monde) -> None:
        self.monde = monde
        self.gens: dict[str, Personne] = {
            nom: getattr(monde, nom) for nom in ("alice", "ana", "emma", "lea", "charlie")
        }
        for nom, identifiant in (("paul", SIRET), ("quentin", "")):
            self.gens[nom] = personne(nom)
            cabinet = creer_organisation(
                "cabinet", f"Cabinet de {nom}", identifiant=identifiant, exemple=True
            )
            donner_role(self.gens[nom], cabinet, "employeur")
        self.dossier = Dossier()

    @property
    def ouvert(self) -> bool:
        return bool(self.dossier.reference)

    def acteur(self, nom: str) -> Acteur:
        return Acteur(self.gens[nom])

    def relu(self) -> Dossier:
        self.dossier = Dossier.objects.select_related("organisme", "candidat").get(
            pk=self.dossier.pk
        )
        return self.dossier

    def faire(self, etape: Etape) -> None:
        """One gesture, by the door of its kind."""
        par: Callable[..., object] = getattr(self, f"_{etape.geste}", self._formulaire)
        par(etape)

    def _formulaire(self, etape: Etape) -> None:
        dossier = self.relu()
        faire(
            FLUX, etape.geste, dossier, self.acteur(etape.par), version=dossier.version,
            donnees=etape.donnees,
        )  # fmt: skip

    def _ouvrir(self, _: Etape) -> None:
        self.dossier = brouillon(self.monde)
        ancien = Appartenance.objects.get(personne=self.gens["quentin"]).organisation
        suivi_par(self.dossier, ancien)
        EmploiSuivi.objects.filter(dossier=self.dossier).update(clos_le=timezone.now())

    def _inviter(self, etape: Etape) -> None:
        """Who followed it reads no longer; the letter, not the page, opens it again."""
        self._formulaire(etape)
        (lettre,) = Message.objects.filter(cle__startswith="invitation:", abandonne_le=None)
        assert (lettre.destinataire, self.relu().candidat) == (etape.donnees["courriel"], None)
        jeton = re.search(r"/invitation/([^/]+)/", lettre.texte)
        assert jeton is not None
        if lettre.destinataire == LEA:
            accepter(jeton[1], self.gens["lea"])
            assert self.relu().candidat == self.gens["lea"]

    def _ecrire(self, etape: Etape) -> None:
        dossier = self.relu()
        services.ecrire_identite(
            dossier, {"session": "Printemps"}, self.acteur(etape.par), version=dossier.version
        )

    def _joindre(self, etape: Etape) -> None:
        piece = joindre(self.monde, self.relu(), "experience")
        type(piece).objects.filter(pk=piece.pk).delete()
        piece.pk = None
        donnees = {"piece": piece}
        dossier = self.dossier
        faire(FLUX, "joindre", dossier, self.acteur(etape.par), version=dossier.version, donnees=donnees)  # fmt: skip

    def _retirer_une_piece(self, etape: Etape) -> None:
        donnees = {"piece": self.relu().pieces.get()}
        dossier = self.dossier
        faire(FLUX, etape.geste, dossier, self.acteur(etape.par), version=dossier.version, donnees=donnees)  # fmt: skip

    def _clore(self, etape: Etape) -> None:
        """The delay that the branch set is over."""
        ecrire_les_textes(self.monde.branche, Acteur(self.monde.ana), {}, 1)
        Decision.objects.update(notifiee_le=timezone.localtime() - timedelta(days=3))
        self._formulaire(etape)

    def _remettre(self, etape: Etape) -> None:
        dossier = self.relu()
        donnees = {"a": self.monde.ana.pk}
        faire(FLUX, etape.geste, dossier, self.acteur(etape.par), version=dossier.version, donnees=donnees)  # fmt: skip

    def _associer(self, etape: Etape) -> None:
        dossier = self.relu()
        associer(
            dossier, self.acteur(etape.par), version=dossier.version, identifiant=SIRET,
            courriel=PAUL,
        )  # fmt: skip

    def _preciser_l_emploi(self, etape: Etape) -> None:
        suivi = EmploiSuivi.objects.get(dossier=self.relu(), clos_le=None)
        donnees = {"suivi": suivi, "part": "28 heures par semaine"}
        dossier = self.dossier
        faire(FLUX, etape.geste, dossier, self.acteur(etape.par), version=dossier.version, donnees=donnees)  # fmt: skip

    def _finir_l_emploi(self, _: Etape) -> None:
        """Nothing may be said of a job once the dossier is over: its row is played on another dossier."""
        self._ouvrir(_)
        dossier = self.relu()
        services.deposer(dossier, self.acteur("alice"), version=dossier.version)
        self._associer(Etape("associer", "alice"))
        Message.objects.all().delete()
        dossier = self.relu()
        suivi = EmploiSuivi.objects.get(dossier=dossier, clos_le=None)
        donnees = {"suivi": suivi, "au": date(2026, 1, 2).isoformat()}
        faire(FLUX, "finir_l_emploi", dossier, self.acteur("alice"), version=dossier.version, donnees=donnees)  # fmt: skip

    def _accueillir(self, _: Etape) -> None:
        self.dossier = avec_sa_lettre(self.monde)
        accueillir(self.monde, self.dossier)

    def _terminer(self, _: Etape) -> None:
        faire(FLUX, "terminer", self.relu(), Maison(), version=self.dossier.version)

    def _examiner(self, etape: Etape) -> None:
        dits = {un.nom: un.valeur for un in self.relu().faits.all()}
        for nature in PREUVES.keys() - {"experience"}:
            joindre(self.monde, self.dossier, nature)
        for piece in self.dossier.pieces.filter(etat=EtatDePiece.RECUE):
            piece.dossier = dossier = self.relu()
            accepter_piece(
                piece,
                self.acteur(etape.par),
                version=dossier.version,
                faits={nom: dits[nom] for nom in PREUVES[piece.nature]},
            )

    def _notifier(self, _: Etape) -> None:
        Decision.objects.filter(notifiee_le=None, annulee_le=None).update(
            notifiable_des=timezone.now()
        )
        assert sceller() == 1
        assert notifier() == 1

    def _decider(self, etape: Etape) -> None:
        if not self.ouvert:
            self._preparer()
        elif self.relu().etat != "proposition":
            services.proposer(self.dossier, self.acteur("emma"), version=self.dossier.version)
        self._formulaire(etape)

    def _preparer(self) -> None:
        self.dossier = propose(self.monde)
        Message.objects.all().delete()

    def _deposer(self, etape: Etape) -> None:
        if not self.ouvert:
            self.dossier = brouillon(self.monde)
        self._formulaire(etape)

    def _anonymiser(self, _: Etape) -> None:
        anonymiser(self.dossier.pk, auteur="systeme", motif="Essai")


def _aplati(texte: str) -> str:
    return " ".join(texte.replace("\xa0", " ").replace("\u202f", " ").split())


def _verifier_les_courriels(vie: Vie, etape: Etape, partis: list[Message], client: Client) -> None:
    decision = Decision.objects.filter(dossier=vie.dossier).order_by("pk").last()
    mots = {
        "reference": vie.dossier.reference,
        "decision": "" if decision is None else decision.pk,
        "jour": f"{DANS_UN_MOIS.day}",
    }
    dits = {un.destinataire: _aplati(un.sujet) for un in partis}
    assert dits.keys() == etape.recus.keys(), (etape.geste, dits)
    for message in partis:
        sujet, lien = (un.format(**mots) for un in etape.recus[message.destinataire])
        assert dits[message.destinataire].startswith(sujet), (etape.geste, dits)
        assert message.reference == vie.dossier.reference
        assert message.repondant is not None
        adresses = re.findall(r"https?://[^/]+(/\S+)", message.texte)
        assert adresses == [lien], (etape.geste, adresses)
        assert f'href="http://127.0.0.1:8000{lien}"' in message.html
        for attendu in ("Certification : ", "Vous recevez ce courriel parce que "):
            assert attendu in _aplati(message.texte), etape.geste
        (qui,) = (un for un in vie.gens.values() if un.courriel == message.destinataire)
        client.force_login(qui)
        reponse = client.get(lien.partition("#")[0])
        assert reponse.status_code == 200, (etape.geste, message.destinataire, lien)
        ancre = lien.partition("#")[2]
        assert not ancre or f'id="{ancre}"' in reponse.content.decode(), (etape.geste, lien)
    _verifier_qui_les_retire(vie, etape, partis, client)


def _verifier_qui_les_retire(vie: Vie, etape: Etape, partis: list[Message], client: Client) -> None:
    """Who manages the organisation sends again what reaches its side, and withdraws what it wrote alone."""
    monde = vie.monde
    de = {"alice": monde.organisme, "lea": None}.get(etape.par, monde.branche)
    client.force_login(monde.alice)
    boite = client.get("/espace/courriels/?sorte=attente").content.decode()
    for message in partis:
        assert message.ecrit_par == de, (etape.geste, message.destinataire)
        gestes = [nom for nom in ("renvoyer", "retirer") if f"/{message.pk}/{nom}/" in boite]
        siens = message.repondant == monde.organisme
        ecrit = siens and de == monde.organisme
        assert gestes == ["renvoyer"] * siens + ["retirer"] * ecrit, (etape.geste, gestes)


def _verifier_les_vues(vie: Vie, etape: Etape, client: Client) -> None:
    for nom, dit in etape.voient.items():
        client.force_login(vie.gens[nom])
        page = _aplati(client.get(PAGE.format(reference=vie.dossier.reference)).content.decode())
        assert (dit.removeprefix("!") in page) != dit.startswith("!"), (etape.geste, nom, dit)
    for nom in HORS_D_ATTEINTE:
        client.force_login(vie.gens[nom])
        reponse = client.get(PAGE.format(reference=vie.dossier.reference))
        assert reponse.status_code == 404, (etape.geste, nom)


@pytest.mark.parametrize("nom", un_sur(2, VIES, 1))
def test_chaque_geste_ecrit_a_qui_il_doit(monde: Monde, client: Client, nom: str) -> None:
    vie = Vie(monde)
    for etape in VIES[nom]:
        Message.objects.all().delete()
        vie.faire(etape)
        partis = list(
            Message.objects.filter(reference=vie.dossier.reference).exclude(
                cle__startswith="invitation:"
            )
        )
        _verifier_les_courriels(vie, etape, partis, client)
        assert all(un.a_envoyer_des <= timezone.now() for un in partis), "tout de suite"
        if etape.recit:
            dernier = recit(FLUX, vie.relu(), interne=True)[0]
            assert dernier.mot == etape.recit
        _verifier_les_vues(vie, etape, client)


def test_chaque_geste_a_sa_ligne() -> None:
    joues = {etape.geste for vie in VIES.values() for etape in vie}
    for flux in flux_de_la_maison():
        if not flux.modele.__module__.startswith("binome."):
            continue
        for geste in flux.table:
            suite = suite_de(flux.nom, geste.nom)
            assert suite is not None, f"{flux.nom}.{geste.nom} : qui en est prévenu ?"
            assert suite.effet is not None or suite.dit.startswith(
                ("personne", "la personne candidate, par")
            ), geste.nom
        if flux is FLUX:
            assert {un.nom for un in flux.table} <= joues, "un geste n’est pas joué"


def test_la_branche_apprend_les_depots_dans_son_courriel_du_jour(monde: Monde) -> None:
    dossier = brouillon(monde)
    services.deposer(dossier, Acteur(monde.alice), version=dossier.version)
    avis = Avis.objects.get(genre="depose")
    assert (avis.destinataire, avis.reference) == (EMMA, dossier.reference)
    assert avis.texte == "Organisme A a déposé un dossier."
    assert avis.adresse == PAGE.format(reference=dossier.reference)


def _examinateur(vie: Vie, nom: str) -> Personne:
    une = personne(nom)
    donner_role(une, vie.monde.branche, "examinateur")
    poser_application(une)
    return une


@pytest.mark.parametrize(
    ("autres", "recoivent"),
    [
        (("eric", "dora"), ["eric@exemple.fr"]),
        (("dora",), ["ana@exemple.fr"]),
        ((), ["ana@exemple.fr"]),
    ],
)
def test_un_recours_va_a_qui_peut_y_repondre(
    monde: Monde, autres: tuple[str, ...], recoivent: list[str]
) -> None:
    """Emma decided, Dora is close to the candidate: neither answers, and neither is asked to."""
    vie = Vie(monde)
    for nom in autres:
        vie.gens[nom] = _examinateur(vie, nom)
    vie.faire(Etape("decider", "emma"))
    vie.faire(Etape("notifier", "la maison"))
    if "dora" in autres:
        vie.faire(Etape("se_deporter", "dora"))
    Message.objects.all().delete()
    vie.faire(Etape("contester", "lea", donnees={"texte": "Mon titre compte."}))
    demandes = Message.objects.filter(sujet__contains="réponse attendue")
    assert list(demandes.values_list("destinataire", flat=True)) == recoivent
    for courriel in recoivent:
        acteur = Acteur(next(un for un in vie.gens.values() if un.courriel == courriel))
        assert FLUX.gestes["maintenir"].permis(vie.relu(), FLUX.cotes(acteur, vie.dossier))


@pytest.mark.parametrize(
    ("par", "ecrivent"),
    [
        ("lea", ("La personne candidate", "La personne candidate", "Branche d’exemple")),
        ("alice", ("Organisme A",) * 3),
    ],
)
def test_un_recours_dit_qui_ecrit(monde: Monde, par: str, ecrivent: tuple[str, ...]) -> None:
    """Each mail of an appeal names its sender, whoever filed it: never « Binôme » alone."""
    vie = Vie(monde)
    vie.faire(Etape("decider", "emma"))
    vie.faire(Etape("notifier", "la maison"))
    Message.objects.all().delete()
    vie.faire(Etape("contester", par, donnees={"texte": "Mon titre compte."}))
    partis = dict(Message.objects.values_list("destinataire", "expediteur"))
    assert partis == dict(zip((ANA, ALICE, LEA), ecrivent, strict=True))
