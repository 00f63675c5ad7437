"""Which départements touch is read off the outlines of the map, and how many borders lead to the nearest of some."""

from __future__ import annotations

import pytest

from binome.formations.territoires import departements
from binome.formations.voisinage import PETITE_COURONNE, frontieres, voisins


@pytest.mark.parametrize(
    ("code", "touchent"),
    [
        ("53", {"35", "49", "50", "61", "72"}),
        ("01", {"38", "39", "69", "71", "73", "74"}),
        ("31", {"09", "11", "32", "65", "81", "82"}),
        ("2A", {"2B"}),
        ("974", set()),
    ],
)
def test_les_voisins_connus(code: str, touchent: set[str]) -> None:
    assert voisins()[code] == touchent


def test_chacun_touche_qui_le_touche_et_nul_n_est_seul_en_metropole() -> None:
    for code, siens in voisins().items():
        assert code not in siens
        assert all(code in voisins()[un] for un in siens)
        assert siens or len(code) == 3, code


def test_on_compte_les_frontieres_jusqu_au_plus_proche() -> None:
    pas = frontieres({"53", "974"})
    assert (pas["53"], pas["72"], pas["14"], pas["974"]) == (0, 1, 2, 0)
    assert (pas["2A"], pas["971"]) == (None, None)
    assert pas.keys() == departements().keys()
    assert set(frontieres(set()).values()) == {None}


def test_paris_et_ses_voisins_comptent_pour_un() -> None:
    pas = frontieres({"93"})
    assert {pas[code] for code in PETITE_COURONNE} == {0}
    assert pas["78"] == 1
