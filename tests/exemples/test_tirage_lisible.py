"""What is drawn could be typed: no dossier of the made-up world contradicts itself."""

from __future__ import annotations

from datetime import date

from binome.exemples.dossiers.tirage import Tirage
from binome.regles.courante import base_courante


def test_aucun_dossier_tire_ne_se_contredit() -> None:
    base = base_courante()
    for tire in Tirage(7, date(2026, 11, 30)).tirer(1500):
        assert base.lire(tire.faits)
