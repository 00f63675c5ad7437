"""What may be shown of counts of persons: a distribution is shown whole, or not at all. Pure.

With its total beside it, one hidden cell is worked out, and two small ones soon are: hiding more cells until none can be is a
problem that a reader with a pencil solves better than a rule of thumb. Nothing is shown of a distribution with a small cell,
not even which cells there are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

SEUIL: Final = 11
"""Persons under which a count is hidden: the threshold of the health statistics read in the sources, a hypothesis for the DPO."""


def montrable(nombre: int) -> int | None:
    """A count, or None where it is too small to be shown."""
    return nombre if nombre >= SEUIL else None


def repartition(comptes: Mapping[str, int]) -> dict[str, int]:
    """The counts of a total that is shown, each of them; nothing where one is too small."""
    return dict(comptes) if all(nombre >= SEUIL for nombre in comptes.values()) else {}
