"""A slot is counter-signed when it ends; one that ended early says so first, and each one's minutes follow."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import timezone

from binome.courrier.models import Avis
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire
from binome.journal.reconciliation import differences
from binome.presences.constat import PRESENT, CeQuiSEstPasse
from binome.presences.gel import noter
from binome.presences.models import Presence
from binome.presences.recevoir import recevoir
from binome.sessions.flows import CRENEAUX
from binome.sessions.models import Creneau
from tests.presences.suivi import Suivi, poser, recue

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def a(suivi: Suivi, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Sets the clock to an hour of the day of the slot, which lasts from 9 h to 12 h 30 there."""
    fuseau = suivi.creneau.session.site.fuseau
    jour = timezone.localdate(None, fuseau)
    debut = datetime.combine(jour, time(9), tzinfo=fuseau)
    suivi.creneau = poser(
        suivi.creneau.session, suivi.monde, debut=debut, fin=debut + timedelta(minutes=210)
    )

    def regler(heure: int, minute: int = 0) -> None:
        instant = datetime.combine(jour, time(heure, minute), tzinfo=fuseau)
        monkeypatch.setattr(timezone, "now", lambda: instant)

    return regler


def relu(suivi: Suivi) -> Creneau:
    return Creneau.objects.select_related("session__site").get(pk=suivi.creneau.pk)


def geler(suivi: Suivi) -> None:
    un = relu(suivi)
    faire(CRENEAUX, "geler", un, suivi.bob, version=un.version)


def ecourter(suivi: Suivi, heure: str) -> None:
    un = relu(suivi)
    faire(CRENEAUX, "ecourter", un, suivi.bob, version=un.version, donnees={"a": heure})


def test_la_contresignature_ouvre_un_quart_d_heure_avant_la_fin(
    suivi: Suivi, a: Callable[..., None]
) -> None:
    a(12, 14)
    with pytest.raises(GesteImpossible, match="ouvre à 12 h 15"):
        geler(suivi)
    assert not Presence.objects.filter(creneau=suivi.creneau).exists()
    un = Client()
    un.force_login(suivi.monde.bob)
    page = un.get(f"/espace/creneaux/{suivi.creneau.uid}/presences/").content.decode()
    assert re.search(r"La contresignature ouvre à 12\sh\s15", page)
    a(12, 15)
    geler(suivi)
    assert relu(suivi).gele_le == timezone.now()


def test_fini_plus_tot_chacun_suit_ce_qui_a_eu_lieu(suivi: Suivi, a: Callable[..., None]) -> None:
    a(11, 20)
    lot = [recue(suivi.parcours, signee_le=suivi.creneau.debut)]
    recevoir(suivi.bob, suivi.creneau, lot, maintenant=timezone.now())
    noter(suivi.bob, suivi.creneau, suivi.parcours.pk, CeQuiSEstPasse(PRESENT, 10, 90, 0))
    un = Client()
    un.force_login(suivi.monde.bob)
    chemin = f"/espace/creneaux/{suivi.creneau.uid}/presences/"
    faite = un.post(f"{chemin}ecourter/", {"a": "11 h 20", "version": relu(suivi).version})
    assert faite.status_code == 302
    assert relu(suivi).minutes == 140
    geler(suivi)
    tenue = Presence.objects.get(creneau=suivi.creneau)
    # They left an hour and a half before the end that was planned: twenty minutes before the true one.
    assert (tenue.retard, tenue.avance, tenue.minutes, tenue.signee) == (10, 20, 110, True)
    assert not list(differences())
    assert Avis.objects.filter(texte__contains="Un créneau a fini plus tôt").exists()


@pytest.mark.parametrize("heure", ["8 h 30", "12 h 30", "13 h", "midi", ""])
def test_une_fin_qui_ne_peut_pas_etre_dit_pourquoi(
    suivi: Suivi, a: Callable[..., None], heure: str
) -> None:
    a(11)
    with pytest.raises(GesteImpossible) as refus:
        ecourter(suivi, heure)
    assert refus.value.champ == "a"
    assert relu(suivi).minutes == 210


def test_qui_n_aurait_rien_suivi_retient_la_fin(suivi: Suivi, a: Callable[..., None]) -> None:
    a(11)
    noter(suivi.bob, suivi.creneau, suivi.parcours.pk, CeQuiSEstPasse(PRESENT, retard=60))
    with pytest.raises(GesteImpossible, match="n’aurait rien suivi"):
        ecourter(suivi, "9 h 45")
    assert relu(suivi).minutes == 210


def test_avant_de_commencer_un_creneau_se_deplace(suivi: Suivi, a: Callable[..., None]) -> None:
    a(8)
    with pytest.raises(GesteImpossible, match="il se déplace"):
        ecourter(suivi, "11 h")
