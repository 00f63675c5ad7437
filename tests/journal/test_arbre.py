"""The tree of a day: the one that RFC 6962 defines, which each leaf climbs, from its own place alone."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import settings as reglages
from hypothesis import strategies as st

from binome.journal import arbre
from binome.journal.verifier_une_preuve import monter

if TYPE_CHECKING:
    from collections.abc import Sequence


def rfc6962(feuilles: Sequence[bytes]) -> bytes:
    """The root as RFC 6962 defines it, word for word: the other way to reach it."""
    if not feuilles:
        return hashlib.sha256(b"").digest()
    if len(feuilles) == 1:
        return feuilles[0]
    coupe = 1 << ((len(feuilles) - 1).bit_length() - 1)
    gauche, droite = rfc6962(feuilles[:coupe]), rfc6962(feuilles[coupe:])
    return hashlib.sha256(b"\x01" + gauche + droite).digest()


@reglages(max_examples=60, deadline=None)
@given(st.integers(0, 70).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, max(n - 1, 0)))))
def test_l_arbre_est_celui_de_la_rfc_et_chaque_feuille_y_monte(cas: tuple[int, int]) -> None:
    nombre, place = cas
    feuilles = [arbre.feuille(b"sel", str(n).encode()) for n in range(nombre)]
    racine = arbre.racine(feuilles)
    assert racine == rfc6962(feuilles)
    if nombre:
        voisins = [un.hex() for un in arbre.chemin(arbre.etages(feuilles), place)]
        preuve = {"feuille": feuilles[place].hex(), "place": place, "chemin": voisins}
        assert monter(preuve, nombre) == racine.hex()
        for autre in range(nombre):
            if autre != place:
                assert monter({**preuve, "place": autre}, nombre) != racine.hex()
        assert monter({**preuve, "chemin": [*voisins, "0" * 64]}, nombre) == ""
        if voisins:
            assert monter({**preuve, "chemin": voisins[:-1]}, nombre) == ""
