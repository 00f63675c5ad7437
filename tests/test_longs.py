"""The long tests that fit in a time: the shortest first, and never more than two processes can play."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from outils.longs import PROCESSUS, qui_tiennent
from outils.tester import dossiers, marques

DUREES = {"un": 10, "deux": 20, "trois": 30, "cent": 100}


def test_les_plus_courts_passent_d_abord() -> None:
    assert qui_tiennent(DUREES.items(), 30) == {"un", "deux", "trois"}


def test_un_test_plus_long_que_le_temps_ne_passe_pas_a_deux() -> None:
    assert "cent" not in qui_tiennent(DUREES.items(), 99)


@given(st.dictionaries(st.text(max_size=4), st.integers(1, 300)), st.integers(0, 400))
def test_le_temps_n_est_jamais_depasse(durees: dict[str, int], temps: int) -> None:
    gardes = qui_tiennent(durees.items(), temps)
    assert sum(durees[un] for un in gardes) <= temps * PROCESSUS
    for nom, duree in durees.items():
        if nom not in gardes and duree <= temps:
            assert sum(durees[un] for un in gardes) + duree > temps * PROCESSUS


def test_chaque_long_dit_ses_secondes() -> None:
    """A process of the suite that finds none ends without a word."""
    muets = [
        f"{fichier}:{rang}"
        for fichier in sorted(Path("tests").rglob("*.py"))
        for rang, ligne in enumerate(fichier.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"pytest\.mark\.long(?!\()", ligne)
    ]
    assert muets == []


def test_ce_qui_porte_la_marque_de_postgresql_y_est_joue_en_entier() -> None:
    joues = dossiers()
    assert all(any(un == ou or un.startswith(f"{ou}/") for ou in joues) for un in marques())
    assert "tests/exploitation/test_image.py" in joues
