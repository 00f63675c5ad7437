"""An hour as every page says it, whatever the minute that the tests are played at."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


def heure_dite(instant: datetime) -> str:
    """« 9 h », « 9 h 05 », with plain spaces."""
    return f"{instant.hour} h {instant.minute:02}" if instant.minute else f"{instant.hour} h"
