"""The page of gestures is what the tables say."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from binome.dossiers.flows import EXAMEN
from binome.dossiers.flux import FLUX
from binome.gestes.annonce import en_markdown, matrice

PAGE: Final = Path(__file__).parents[2] / "docs" / "gestes.md"


def test_la_page_des_gestes_est_celle_des_tables() -> None:
    """Write it again with: python -m outils.gestes."""
    dites = [ligne for ligne in en_markdown().splitlines() if "`essai`" not in ligne]
    assert PAGE.read_text(encoding="utf-8").splitlines() == dites


def test_seule_la_branche_decide_et_seule_la_maison_efface() -> None:
    qui = dict(matrice(FLUX))
    assert qui["decider"] == qui["proposer"] == qui["revoir"] == {EXAMEN}
    assert qui["anonymiser"] == {"maison"}
