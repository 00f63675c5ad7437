"""Requests counted as they are answered: by method, by class of status, by route, and how long each took.

Nothing of a visitor is in a label: a route is written as the program declares it (`espace/dossiers/<str:reference>/`),
never as it was asked for. Several processes answer: each counts in files of its own, which whoever reads puts
together (`PROMETHEUS_MULTIPROC_DIR`, that the watcher gives).
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics
from prometheus_client.multiprocess import MultiProcessCollector

from binome.reglages.reglage import lire_pour_une_bibliotheque
from binome.socle.routes import methode, route

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

disable_created_metrics()  # type: ignore[no-untyped-call]  # untyped there
PARTAGE: Final = "PROMETHEUS_MULTIPROC_DIR"
SECONDES: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)

_DE_CE_PROCESSUS: Final = CollectorRegistry()
DEMANDES: Final = Counter(
    "binome_http_requests_total",
    "Demandes auxquelles il a été répondu.",
    ("method", "status", "route"),
    registry=_DE_CE_PROCESSUS,
)
DUREES: Final = Histogram(
    "binome_http_request_duration_seconds",
    "Temps mis à répondre, jusqu’au début de la réponse.",
    ("method", "route"),
    buckets=SECONDES,
    registry=_DE_CE_PROCESSUS,
)


def registre() -> CollectorRegistry:
    """What was counted, by every process where they share a folder."""
    if not lire_pour_une_bibliotheque(PARTAGE):
        return _DE_CE_PROCESSUS
    tous = CollectorRegistry()
    MultiProcessCollector(tous)  # type: ignore[no-untyped-call]  # untyped there
    return tous


class CompteursMiddleware:
    """Counts each answer. The outermost, so that what the others do is in the time."""

    def __init__(self, suite: Callable[[HttpRequest], HttpResponse]) -> None:
        self._suite = suite

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Changes nothing of the answer."""
        debut = time.perf_counter()
        reponse = self._suite(request)
        mot, chemin = methode(request), route(request)
        DEMANDES.labels(mot, f"{reponse.status_code // 100}xx", chemin).inc()
        DUREES.labels(mot, chemin).observe(time.perf_counter() - debut)
        return reponse
