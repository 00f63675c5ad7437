"""The leaf of an entry: a hash of what it says, under a salt that is destroyed with the key of whom it tells of.

No salt is stored: it is made from the keys of the key store, so that destroying a key destroys every salt
that came from it. A leaf whose salt is gone still stands in its tree, and no guess can be tried on it.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Final

from binome.journal import trousseau
from binome.journal.arbre import feuille
from binome.journal.chaine import canonique, contenu
from binome.journal.lignes import MAISON
from binome.journal.models import Entree
from binome.journal.secrets import oublies

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TAILLE: Final = 32
"""Bytes of a leaf."""
LOT: Final = 5000


def sujets(entree: Entree) -> set[str]:
    """Whose keys an entry was written with: its own subject's, and those of the rows that it wrote.

    A subject of whom it keeps nothing may have no key yet, and one later: the salt would not be found again.
    """
    siens = {sujet for _, _, sujet, _ in entree.lignes}
    if entree.prive:
        siens.add(entree.sujet)
    return siens - {"", MAISON}


class Sels:
    """The salts of entries, from the keys that are still there."""

    def __init__(self) -> None:
        """Reads the key of the house, made where there was none."""
        self._cles: dict[str, bytes | None] = {}
        self._maison = trousseau.donner([MAISON])[MAISON]

    def apprendre(self, noms: Iterable[str]) -> None:
        """Reads the keys of some subjects. None is made: a key that nothing needs would outlive an erasure."""
        voulus = set(noms) - self._cles.keys()
        lues = trousseau.lire(voulus - oublies(voulus))
        self._cles.update((un, lues.get(un)) for un in voulus)

    def de(self, entree: Entree) -> bytes:
        """The salt of an entry, whose subjects were learnt; the house's own where none of them has a key."""
        siennes = [cle for un in sorted(sujets(entree)) if (cle := self._cles[un]) is not None]
        cle = b"\0".join(siennes) if siennes else self._maison
        return hmac.digest(cle, b"binome.journal.feuilles:%d" % entree.rang, "sha256")


def feuille_de(entree: Entree, sel: bytes) -> bytes:
    """The leaf of an entry under a salt."""
    return feuille(sel, canonique(contenu(entree)).encode())


def feuilles(premier: int, dernier: int) -> Iterator[bytes]:
    """The leaves of the entries of two ranks, both included; memory does not grow with their number."""
    sels = Sels()
    for debut in range(premier, dernier + 1, LOT):
        lot = list(
            Entree.objects.filter(
                rang__gte=debut, rang__lte=min(debut + LOT - 1, dernier)
            ).order_by("rang")
        )
        sels.apprendre(un for entree in lot for un in sujets(entree))
        for entree in lot:
            yield feuille_de(entree, sels.de(entree))


def couper(octets: bytes | memoryview) -> list[bytes]:
    """The leaves that a root keeps, one by one."""
    entiers = bytes(octets)
    return [entiers[n : n + TAILLE] for n in range(0, len(entiers), TAILLE)]
