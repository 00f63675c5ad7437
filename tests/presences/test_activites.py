"""At a distance without a timetable: evidence, an evaluation, and never more minutes than were declared."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire
from binome.journal.reconciliation import differences
from binome.presences.activites import rendre
from binome.presences.avancement import Minutes, avancement
from binome.presences.constat import ABSENT, CeQuiSEstPasse
from binome.presences.flows import ACTIVITES
from binome.presences.gel import corriger, noter
from binome.presences.models import Activite, Presence
from binome.presences.registre import archiver, effacer
from binome.sessions.etats import EtatDeCreneau, EtatDeSession, ModaliteDeCreneau
from binome.sessions.flows import CRENEAUX
from binome.sessions.models import Creneau, Inscription, Session

if TYPE_CHECKING:
    from tests.presences.suivi import Suivi


@pytest.fixture
def distance(suivi: Suivi) -> Suivi:
    """The same slot, at a distance without a timetable: two hours declared."""
    Session.objects.update(etat=EtatDeSession.PUBLIEE)
    Creneau.objects.update(
        modalite=ModaliteDeCreneau.A_DISTANCE,
        minutes=120,
        fin=timezone.localtime() + timedelta(days=9),
    )
    suivi.creneau = Creneau.objects.select_related("session__site").get()
    return suivi


def donner(suivi: Suivi, texte: str = "J’ai lu le chapitre 2.", version: int = 0) -> Activite:
    return rendre(suivi.lea, suivi.creneau, Inscription.objects.get(), texte, version=version)


def evaluer(suivi: Suivi, une: Activite, minutes: str) -> None:
    faire(ACTIVITES, "evaluer", une, suivi.bob, version=une.version, donnees={"minutes": minutes})


def geler(suivi: Suivi) -> None:
    faire(CRENEAUX, "geler", suivi.creneau, suivi.bob, version=suivi.creneau.version)


@pytest.mark.parametrize(
    ("minutes", "faites"),
    [("90", Minutes(prouvees=90, manquees=30)), ("120", Minutes(prouvees=120)), ("0", Minutes(manquees=120))],
)  # fmt: skip
def test_ce_qui_est_evalue_est_prouve(distance: Suivi, minutes: str, faites: Minutes) -> None:
    evaluer(distance, donner(distance), minutes)
    geler(distance)
    assert avancement(distance.parcours).modules[0].faites == faites
    assert not [un for un in differences() if not un.table.startswith("sessions_de_formation")]


def test_rendu_sans_evaluation_ne_prouve_rien(distance: Suivi) -> None:
    donner(distance)
    geler(distance)
    assert (Presence.objects.get().nature, Presence.objects.get().signee) == (ABSENT, False)


def test_jamais_plus_que_la_duree_declaree(distance: Suivi) -> None:
    une = donner(distance)
    with pytest.raises(GesteImpossible, match="2 h"):
        evaluer(distance, une, "121")
    une.refresh_from_db()
    with pytest.raises(IntegrityError), transaction.atomic():
        Activite.objects.update(minutes=121, etat="evaluee")


def test_la_personne_seule_rend_et_ne_s_evalue_pas(distance: Suivi) -> None:
    une = donner(distance)
    with pytest.raises(GesteImpossible):
        faire(ACTIVITES, "evaluer", une, distance.lea, version=1, donnees={"minutes": "10"})
    with pytest.raises(GesteImpossible):
        rendre(distance.bob, distance.creneau, Inscription.objects.get(), "à sa place", version=1)


def test_a_reprendre_elle_se_rend_de_nouveau(distance: Suivi) -> None:
    une = donner(distance)
    faire(ACTIVITES, "renvoyer", une, distance.bob, version=une.version)
    assert donner(distance, "J’ai relu.", version=une.version).preuve == "J’ai relu."
    assert Activite.objects.count() == 1


def test_un_creneau_sans_horaire_ne_se_note_pas(distance: Suivi) -> None:
    with pytest.raises(GesteImpossible, match="évaluez"):
        noter(distance.bob, distance.creneau, distance.parcours.pk, CeQuiSEstPasse())


def test_apres_le_gel_il_faut_evaluer_pour_corriger(distance: Suivi) -> None:
    une = donner(distance)
    geler(distance)
    presence = Presence.objects.select_related("creneau__session", "parcours__dossier").get()
    with pytest.raises(GesteImpossible, match="Évaluez"):
        corriger(distance.bob, presence, CeQuiSEstPasse(), "oubli", version=presence.version)
    evaluer(distance, une, "45")
    corriger(distance.bob, presence, CeQuiSEstPasse(), "oubli", version=presence.version)
    assert avancement(distance.parcours).modules[0].faites == Minutes(prouvees=45, manquees=75)


def test_lea_rend_et_bob_evalue_sur_leurs_pages(distance: Suivi) -> None:
    lea, bob = Client(), Client()
    lea.force_login(distance.monde.lea)
    bob.force_login(distance.monde.bob)
    page = f"/espace/creneaux/{distance.creneau.uid}/activite/"
    assert lea.post(page, {"preuve": " "}).status_code == 422
    assert lea.post(page, {"preuve": "Le chapitre 3."}).status_code == 302
    slot = f"/espace/creneaux/{distance.creneau.uid}/presences/"
    assert "Le chapitre 3." in bob.get(slot).content.decode()
    vers = f"/espace/creneaux/{distance.creneau.uid}/activites/{Activite.objects.get().pk}/evaluer/"
    assert bob.post(vers, {"minutes": "200", "version": 1}).status_code == 422
    assert bob.post(vers, {"minutes": "60", "version": 1}).status_code == 302
    assert "comptées" in lea.get(page).content.decode()
    assert bob.get(page).status_code == 403


@pytest.mark.parametrize("etat", [EtatDeCreneau.ANNULE, EtatDeCreneau.PREVU])
def test_hors_de_son_temps_rien_ne_se_rend(distance: Suivi, etat: str) -> None:
    distance.creneau.etat = etat
    distance.creneau.debut = timezone.now() + timedelta(hours=1)
    with pytest.raises(GesteImpossible):
        donner(distance)


def test_ce_qui_est_ecrit_se_rend_et_s_efface(distance: Suivi) -> None:
    donner(distance)
    assert archiver(distance.parcours.dossier)["activites"][0]["preuve"] == "J’ai lu le chapitre 2."
    effacer(distance.parcours.dossier)
    assert Activite.objects.get().preuve == "Texte effacé"
