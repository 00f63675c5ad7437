"""Cells, the sums that hold between them, and what was published of them.

A cell is one fact (what is counted, where, when), under one key whatever the publication that shows it: that is how
two publications are held against each other. A sum may run along a territory, a year, or from one month to the next.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Cellule: TypeAlias = "tuple[str, ...]"
ENSEMBLE: Final = "ensemble"
"""The name of the whole along an axis."""


@dataclass(frozen=True, slots=True)
class SommeDeCellules:
    """`total` is the sum of `parts`."""

    total: Cellule
    parts: tuple[Cellule, ...]


@dataclass(frozen=True)
class Axe:
    """The names along one side of a table; `sommes` says which name is the sum of which others."""

    noms: tuple[str, ...]
    sommes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Publication:
    """What one publication shows: a value, or None where it hides one, and the sums that readers know to hold.

    `signees` are the cells that may be below zero (a change between two dates); the others are counts.
    """

    nom: str
    valeurs: Mapping[Cellule, int | None]
    sommes: tuple[SommeDeCellules, ...] = ()
    signees: frozenset[Cellule] = frozenset()


def axe_simple(noms: Sequence[str]) -> Axe:
    """An axis whose names add up to their whole."""
    return Axe((*noms, ENSEMBLE), {ENSEMBLE: tuple(noms)})


def sommes_du_tableau(*axes: Axe) -> tuple[SommeDeCellules, ...]:
    """Every sum of a table: along each axis, for each line of the others."""
    sommes: list[SommeDeCellules] = []
    for rang, axe in enumerate(axes):
        autres = [un.noms if i != rang else ("",) for i, un in enumerate(axes)]
        for ligne in product(*autres):
            avant, apres = ligne[:rang], ligne[rang + 1 :]
            sommes += [
                SommeDeCellules(
                    (*avant, total, *apres), tuple((*avant, une, *apres) for une in parts)
                )
                for total, parts in axe.sommes.items()
            ]
    return tuple(sommes)


def avec_marges(comptes: Mapping[Cellule, int], *axes: Axe) -> dict[Cellule, int]:
    """The counts of the inner cells (0 where none is given), with every margin of their axes.

    A total is written after its parts in an axis whose sums are chained.
    """
    valeurs: dict[Cellule, int] = {}
    for cellule in product(*(axe.noms for axe in axes)):
        feuilles = [_feuilles(axe, nom) for axe, nom in zip(axes, cellule, strict=True)]
        valeurs[cellule] = sum(comptes.get(une, 0) for une in product(*feuilles))
    return valeurs


def _feuilles(axe: Axe, nom: str) -> tuple[str, ...]:
    if nom not in axe.sommes:
        return (nom,)
    return tuple(feuille for part in axe.sommes[nom] for feuille in _feuilles(axe, part))


def dite(cellule: Cellule) -> str:
    """A cell in words."""
    return ", ".join(cellule)
