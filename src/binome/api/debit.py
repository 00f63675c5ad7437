"""The rate limit: so many requests per address and per minute, counted by each process.

`BINOME_API_PAR_MINUTE` gives the number (600 by default, 0 for no limit). The counters are in the
cache of the process: with N workers an address may reach N times the number.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from ninja.throttling import BaseThrottle

from binome.reglages.declarations import API_PAR_MINUTE
from binome.socle.adresse_reseau import adresse_comptee
from binome.socle.cadence import MINUTE, dans_la_cadence

if TYPE_CHECKING:
    from django.http import HttpRequest


def adresse(request: HttpRequest) -> str:
    """Who asks, as the server says it: it alone reads the relay's headers, when there is a relay."""
    return str(request.META.get("REMOTE_ADDR", ""))


class ParAdresse(BaseThrottle):
    """Counts within each minute of the clock: one small number per address, never a history."""

    def allow_request(self, request: HttpRequest) -> bool:
        """Whether this request is within the limit."""
        limite = API_PAR_MINUTE.lire()
        if limite == 0:
            return True
        return dans_la_cadence(f"api:{hash(adresse_comptee(adresse(request)))}", limite)

    def wait(self) -> float:
        """Seconds until the next minute begins."""
        return MINUTE - time.time() % MINUTE
