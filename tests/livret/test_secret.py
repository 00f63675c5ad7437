"""A distribution of persons is shown whole, or not at all: nothing of it can be worked out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binome.livret.secret import SEUIL, montrable, repartition


@pytest.mark.parametrize(
    ("comptes", "montres"),
    [
        ({"53": 20, "35": 15}, {"53": 20, "35": 15}),
        ({"53": 11}, {"53": 11}),
        ({"53": 20, "35": 15, "44": 2}, {}),
        # Shown in part, 11 of 31 left twenty for two cells of ten at most: both were known.
        ({"53": 11, "72": 10, "49": 10}, {}),
        ({"53": 3}, {}),
        ({}, {}),
    ],
)
def test_des_cas_ecrits_a_la_main(comptes: dict[str, int], montres: dict[str, int]) -> None:
    assert repartition(comptes) == montres


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(1, 40), max_size=8))
def test_rien_ou_tout_et_jamais_un_petit_nombre(comptes: dict[str, int]) -> None:
    montres = repartition(comptes)
    assert montres in ({}, comptes)
    assert all(montrable(nombre) == nombre for nombre in montres.values())


def test_le_seuil_est_montre_et_pas_en_dessous() -> None:
    assert (montrable(SEUIL), montrable(SEUIL - 1)) == (SEUIL, None)
