"""Rows that a sheet hides, by hand or by a filter: who reads the table is told, and none is passed over in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

DITES: Final = 10
"""Numbers of hidden rows that are told."""


class RangMasque(int):
    """The number of a hidden row; it counts as any other number."""


def en_liste(numeros: Sequence[int]) -> str:
    """« ligne 3 », « lignes 3, 4 et 5 », or the first of many."""
    mots = [str(int(un)) for un in numeros[:DITES]]
    if len(numeros) == 1:
        return f"ligne {mots[0]}"
    if len(numeros) > DITES:
        return f"lignes {', '.join(mots)}…"
    return f"lignes {', '.join(mots[:-1])} et {mots[-1]}"
