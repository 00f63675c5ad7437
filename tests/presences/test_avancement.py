"""Progress in minutes: what is proven, to be proven, missed and planned, and who reads what of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from binome.gestes.services import faire
from binome.parcours.models import ModuleSuivi
from binome.presences.avancement import Minutes, avancement
from binome.presences.codes import personnel
from binome.presences.constat import ABSENT, PRESENT, CeQuiSEstPasse
from binome.presences.gel import noter
from binome.presences.recevoir import recevoir
from binome.sessions.etats import EtatDeCreneau, EtatDeSession
from binome.sessions.flows import CRENEAUX
from binome.sessions.models import Creneau, Inscription, Session
from tests.dossiers.monde import entourage
from tests.presences.suivi import Suivi, poser, recue

if TYPE_CHECKING:
    from binome.comptes.models import Personne

LA: CeQuiSEstPasse = CeQuiSEstPasse()


def vivre(
    suivi: Suivi, creneau: Creneau, note: CeQuiSEstPasse | None, *, signe: bool = True
) -> None:
    """A slot signed or not, noted or not, then counter-signed."""
    if signe:
        une = recue(suivi.parcours, signee_le=creneau.debut)
        recevoir(suivi.bob, creneau, [une], maintenant=timezone.now())
    if note is not None:
        noter(suivi.bob, creneau, suivi.parcours.pk, note)
    faire(CRENEAUX, "geler", creneau, suivi.bob, version=creneau.version)


def a(suivi: Suivi, *, jours: int, minutes: int = 210) -> Creneau:
    """A slot of the same module, some days from now."""
    debut = timezone.localtime() + timedelta(days=jours)
    return poser(
        suivi.creneau.session, suivi.monde, debut=debut, fin=debut + timedelta(minutes=minutes), minutes=minutes
    )  # fmt: skip


def faites(suivi: Suivi) -> Minutes:
    return avancement(suivi.parcours).modules[0].faites


@pytest.mark.parametrize(
    ("note", "signe", "attendues"),
    [
        (None, True, Minutes(prouvees=210)),
        (None, False, Minutes(manquees=210)),
        (LA, False, Minutes(a_prouver=210)),
        (CeQuiSEstPasse(PRESENT, 20, 5, 0), True, Minutes(prouvees=185, manquees=25)),
        (CeQuiSEstPasse(PRESENT, 20, 0, 0), False, Minutes(a_prouver=190, manquees=20)),
        (CeQuiSEstPasse(ABSENT), True, Minutes(manquees=210)),
    ],
)
def test_chaque_creneau_compte_a_la_minute(
    suivi: Suivi, note: CeQuiSEstPasse | None, signe: bool, attendues: Minutes
) -> None:
    vivre(suivi, suivi.creneau, note, signe=signe)
    assert faites(suivi) == attendues


def test_a_venir_c_est_prevu_fini_sans_contresignature_c_est_a_prouver(suivi: Suivi) -> None:
    a(suivi, jours=3, minutes=45)
    a(suivi, jours=-3, minutes=60)
    assert faites(suivi) == Minutes(prevues=210 + 45, a_prouver=60)


def test_un_creneau_annule_ne_compte_pas(suivi: Suivi) -> None:
    Creneau.objects.update(etat=EtatDeCreneau.ANNULE)
    assert faites(suivi) == Minutes()


def test_ce_qu_on_ne_sait_pas_reste_inconnu(suivi: Suivi) -> None:
    premier = avancement(suivi.parcours).modules[0]
    assert premier.dues is not None
    assert premier.reste == premier.dues - 210
    ModuleSuivi.objects.filter(parcours=suivi.parcours, code=premier.code).update(minutes=None)
    tout = avancement(suivi.parcours)
    assert (tout.modules[0].reste, tout.dues) == (None, None)


def test_douze_heures_font_douze_heures(suivi: Suivi) -> None:
    """A module that is no whole number of half-days is exact in minutes."""
    for jours, minutes in ((-9, 210), (-8, 210), (-7, 210), (-6, 90)):
        vivre(suivi, a(suivi, jours=jours, minutes=minutes), None)
    assert faites(suivi).prouvees == 720


def lire(suivi: Suivi, qui: Personne) -> str:
    un = Client()
    un.force_login(qui)
    return un.get(f"/espace/suivis/parcours/{suivi.parcours.pk}/").content.decode()


def test_chacun_lit_ce_qui_le_regarde(suivi: Suivi) -> None:
    Session.objects.update(etat=EtatDeSession.PUBLIEE)
    vivre(suivi, suivi.creneau, CeQuiSEstPasse(PRESENT, 20))
    gens = entourage(suivi.monde, suivi.parcours.dossier)
    code = personnel(Inscription.objects.get())
    lea, alice = lire(suivi, suivi.monde.lea), lire(suivi, suivi.monde.alice)
    assert code in lea
    assert code not in alice
    assert all("Signé à" in un for un in (lea, alice))
    paul = gens["employeur"]
    assert paul is not None
    employeur = lire(suivi, paul)
    assert "Heures manquées" in employeur
    assert "Signé à" not in employeur
    assert code not in employeur


def test_les_requetes_ne_suivent_pas_le_nombre_de_creneaux(suivi: Suivi) -> None:
    Session.objects.update(etat=EtatDeSession.PUBLIEE)
    un = Client()
    un.force_login(suivi.monde.lea)
    comptees = []
    for combien in (1, 6):
        for rang in range(combien):
            vivre(suivi, a(suivi, jours=-rang - combien), None)
        with CaptureQueriesContext(connection) as faites_:
            un.get(f"/espace/suivis/parcours/{suivi.parcours.pk}/")
        comptees.append(len(faites_))
    assert comptees[0] == comptees[1]
