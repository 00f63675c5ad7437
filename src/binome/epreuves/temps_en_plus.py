"""Extra time, part by part: what was granted, never why. Pure.

Up to one third save in an exceptional case, for each part of an épreuve (`sources/parcours.md` §3.4): a part begins and ends
by itself, so each is rounded up by itself, and the sum may pass a third of the whole by a few minutes.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

TIERS: Final = Fraction(1, 3)
"""The most that is granted without an exceptional case."""


def avec_temps_en_plus(parties: Sequence[int], part: Fraction = TIERS) -> tuple[int, ...]:
    """The minutes of each part of an épreuve, with extra time, each rounded up to a minute.

    Raises ValueError for a share below nothing or beyond a third.
    """
    if not 0 <= part <= TIERS:
        raise ValueError("Le temps en plus va jusqu’à un tiers de chaque partie.")
    return tuple(ceil(minutes * (1 + part)) for minutes in parties)
