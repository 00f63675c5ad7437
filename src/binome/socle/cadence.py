"""How often a thing is asked for within a minute of the clock: a small number per key, never a history.

Counted in the process, so that a GET writes nothing: with N workers a key may reach N times its limit.
"""

from __future__ import annotations

import time
from typing import Final

from django.core.cache import caches

MINUTE: Final = 60
"""Seconds."""


def dans_la_cadence(cle: str, limite: int) -> bool:
    """Counts one more under a key; whether it is within the limit of this minute."""
    compteurs = caches["processus"]
    de_la_minute = f"{cle}:{int(time.time() // MINUTE)}"
    if compteurs.add(de_la_minute, 1, MINUTE):
        return limite >= 1
    try:
        return compteurs.incr(de_la_minute) <= limite
    except ValueError:  # the cache made room in between
        compteurs.set(de_la_minute, 1, MINUTE)
        return True
