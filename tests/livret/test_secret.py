"""Small counts are hidden, and none of them can be worked out from the others and their total."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binome.livret.secret import SEUIL, montrables


@pytest.mark.parametrize(
    ("comptes", "montres"),
    [
        ({"53": 20, "35": 15}, {"53": 20, "35": 15}),
        ({"53": 20, "35": 15, "44": 2}, {"53": 20, "35": None, "44": None}),
        ({"53": 12, "35": 2}, {"53": None, "35": None}),
        ({"53": 30, "35": 1, "44": 1}, {"53": None, "35": None, "44": None}),
        ({"53": 3}, {"53": None}),
        ({}, {}),
    ],
)
def test_des_cas_ecrits_a_la_main(comptes: dict[str, int], montres: dict[str, int | None]) -> None:
    assert montrables(comptes) == montres


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(1, 40), max_size=8))
def test_aucun_nombre_cache_ne_se_devine(comptes: dict[str, int]) -> None:
    montres = montrables(comptes)
    caches = [nom for nom, nombre in montres.items() if nombre is None]
    assert all(nombre is None or nombre >= SEUIL for nombre in montres.values())
    if caches and len(comptes) > 1:
        # The total is known, hence the sum of what is hidden: one at least of two, and room for each to differ.
        somme = sum(comptes[nom] for nom in caches)
        assert len(caches) >= 2
        assert somme > len(caches) or set(caches) == set(comptes)
