"""Sizes and instants, in the words of the diagnosis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils import timezone

if TYPE_CHECKING:
    from datetime import datetime

PALIERS: Final = ((1_000_000_000, "Go"), (1_000_000, "Mo"), (1_000, "ko"))


def taille_dite(octets: int) -> str:
    """Bytes, in the unit that one would say."""
    for palier, unite in PALIERS:
        if octets >= palier:
            return f"{octets / palier:.1f} {unite}".replace(".", ",")
    return f"{octets} octets"


def depuis_dit(instant: datetime) -> str:
    """How long ago, roughly."""
    minutes = max(0, int((timezone.now() - instant).total_seconds()) // 60)
    if minutes < 120:
        return f"{minutes} min"
    heures = minutes // 60
    return f"{heures} h" if heures < 48 else f"{heures // 24} jours"
