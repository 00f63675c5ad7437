"""Durations of which some are not over yet: Kaplan and Meier, and centiles of those that are."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction


def mediane_de_survie(durees: Sequence[tuple[int, bool]]) -> int | None:
    """The least duration by which half have met the event, those not over yet taken into account; None where half never do.

    Each duration comes with whether it ended by the event; the others are censored, after the events of the same duration.
    Kaplan and Meier, 1958; exact.
    """
    # The product of what is left, as two integers: reduced at each step, a fraction would cost its divisors.
    reste, entier, a_risque = 1, 1, len(durees)
    for duree, egales in groupby(sorted(durees), key=_duree):
        tous = [survenu for _, survenu in egales]
        if any(tous):
            reste *= a_risque - sum(tous)
            entier *= a_risque
        if 2 * reste <= entier:
            return duree
        a_risque -= len(tous)
    return None


def _duree(une: tuple[int, bool]) -> int:
    return une[0]


def centile(valeurs: Sequence[int], part: Fraction) -> int | None:
    """The least value that at least `part` of all do not pass; None of none."""
    if not valeurs:
        return None
    rang = -(-len(valeurs) * part.numerator // part.denominator)
    return sorted(valeurs)[max(0, rang - 1)]
