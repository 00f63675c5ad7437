"""Bringing the database up to date: one process at a time, and never an empty one in place of another."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.cli.terminal import lancer

if TYPE_CHECKING:
    from pathlib import Path


def _reglages(donnees: Path) -> dict[str, str]:
    return {"BINOME_SECRET": "x1Y2z3" * 10, "BINOME_DONNEES": str(donnees)}


@pytest.mark.long(5)
@pytest.mark.sqlite
def test_trois_mises_a_jour_en_meme_temps_se_suivent(tmp_path: Path) -> None:
    env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), **_reglages(tmp_path / "ici")}
    ensemble = [
        subprocess.Popen(
            [sys.executable, "-m", "binome", "base", "migrer"],
            env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for _ in range(3)
    ]  # fmt: skip
    dits = [un.communicate(timeout=300) for un in ensemble]
    assert [un.returncode for un in ensemble] == [0, 0, 0], dits


@pytest.mark.sqlite
def test_des_ancres_sans_base_n_en_laissent_pas_creer_une(tmp_path: Path) -> None:
    (tmp_path / "ancres").mkdir()
    (tmp_path / "ancres" / "2026.jsonl").write_text("{}\n", encoding="utf-8")
    refus = lancer("base", "migrer", **_reglages(tmp_path))
    assert refus.code == 3
    assert "garde les ancres d’une autre" in refus.erreur


@pytest.mark.long(12)
@pytest.mark.sqlite
def test_une_base_disparue_n_est_pas_remplacee_par_une_vide(tmp_path: Path) -> None:
    reglages = _reglages(tmp_path)
    assert lancer("base", "migrer", **reglages).code == 0
    assert lancer("journal", "ancrer", **reglages).code == 0
    assert lancer("base", "migrer", **reglages).code == 0
    (tmp_path / "binome.sqlite3").unlink()
    for mots in (["base", "migrer"], ["travaux", "--une-fois"], ["serve", "--preparer"]):
        refus = lancer(*mots, **reglages)
        assert refus.code == 3
        assert "garde les ancres d’une autre" in refus.erreur
        assert "binome restaurer" in refus.erreur
