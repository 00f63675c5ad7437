"""The tree of a day's leaves (RFC 6962): its root, and the way from one leaf up to it. Pure: bytes in, bytes out."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def feuille(sel: bytes, contenu: bytes) -> bytes:
    """A leaf: its own prefix, so that no node of the tree can pass for one."""
    return hashlib.sha256(b"\x00" + sel + contenu).digest()


def _noeud(gauche: bytes, droite: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + gauche + droite).digest()


def _etage(bas: Sequence[bytes]) -> list[bytes]:
    """The floor above: pairs are joined, a last one alone goes up as it is."""
    haut = [_noeud(bas[n], bas[n + 1]) for n in range(0, len(bas) - 1, 2)]
    return [*haut, bas[-1]] if len(bas) % 2 else haut


def etages(feuilles: Sequence[bytes]) -> list[Sequence[bytes]]:
    """Every floor of the tree, the leaves first, the root alone at the top."""
    tous = [feuilles]
    while len(tous[-1]) > 1:
        tous.append(_etage(tous[-1]))
    return tous


def racine(feuilles: Sequence[bytes]) -> bytes:
    """The root; that of nothing is the hash of nothing."""
    return etages(feuilles)[-1][0] if feuilles else hashlib.sha256(b"").digest()


def chemin(tous: Sequence[Sequence[bytes]], place: int) -> list[bytes]:
    """The neighbours met on the way up the floors from a leaf, lowest first."""
    voisins = []
    for etage in tous[:-1]:
        voisin = place ^ 1
        if voisin < len(etage):
            voisins.append(etage[voisin])
        place //= 2
    return voisins
