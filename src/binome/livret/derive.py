"""Stand-in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date


class Derive(NamedTuple):
    """A task."""

    tache: str
    phrase: str


def derives(phrase: str, jour: date) -> tuple[Derive, ...]:  # noqa: ARG001 - a stand-in
    """None yet."""
    return (Derive("F10", "Une injection ne se confie pas."),) if "injection" in phrase else ()
