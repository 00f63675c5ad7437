"""A sum shared by weights, to the cent: nothing is lost, nothing is counted twice. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def partager(somme: int, poids: Sequence[int]) -> list[int]:
    """What each weight takes of a sum, whole; the units left go to the largest remainders, the first of them where they tie.

    Without any weight, nothing is shared.
    """
    total = sum(poids)
    if total <= 0:
        return [0] * len(poids)
    entiers = [somme * un // total for un in poids]
    restes = sorted(range(len(poids)), key=lambda rang: (-(somme * poids[rang] % total), rang))
    for rang in restes[: somme - sum(entiers)]:
        entiers[rang] += 1
    return entiers
