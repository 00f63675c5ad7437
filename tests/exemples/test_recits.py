"""The stories of the made-up world run over days, as real ones do, and give reasons that a person would write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from binome.dossiers.etats import Etat
from binome.dossiers.flux import FLUX
from binome.dossiers.models import Dossier
from binome.gestes.recit import recit
from tests.exemples.jeu import JOUR, jouer

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def test_les_recits_courent_sur_des_jours_et_dans_l_ordre(
    tmp_path: Path, settings: Settings
) -> None:
    jouer(settings, tmp_path / "fichiers")
    vus = 0
    # A letter is copied by the gesture itself, the day the world is written.
    ecrits = Dossier.objects.exclude(etat__in=(Etat.BROUILLON, Etat.AILLEURS))
    for dossier in ecrits.order_by("pk"):
        moments = recit(FLUX, dossier, interne=True)
        jours = [
            un.instant.date()
            for un in reversed(moments)
            if un.geste not in ("rattacher", "associer")
        ]
        assert jours == sorted(jours), dossier.reference
        assert max(jours) <= JOUR
        assert "Jeu d’exemple" not in {un.motif for un in moments}
        if dossier.etat in (Etat.DECIDE, Etat.CLOS, Etat.PROPOSITION):
            vus += 1
            assert len(set(jours)) > 2, (dossier.reference, jours)
        if dossier.etat == Etat.A_COMPLETER:
            assert any(un.geste == "demander" and "illisible" in un.motif for un in moments)
    assert vus > 20
