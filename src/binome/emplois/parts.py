"""A share of time: an integer in basis points of a full-time post, or unknown.

The aid counts thirds, halves and whole posts, whatever hours make a full week: three thirds (3 × 3 333) stay
within a whole, and nothing is rounded up.
"""

from __future__ import annotations

from typing import Final

PLEIN: Final = 10_000
"""A full-time post."""


def dire(part: int | None) -> str:
    """A share in words; what is not known is said so, and is not a full time."""
    if part is None:
        return "part de temps inconnue"
    if part == PLEIN:
        return "temps plein"
    return f"{part / 100:.2f}".rstrip("0").rstrip(".").replace(".", ",") + " % d’un temps plein"
