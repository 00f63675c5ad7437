"""`./binome bench projection`: what 2,000 draws take, then a page, once the rules and the libraries are loaded."""

from __future__ import annotations

import os
import secrets
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any, Final

from binome.projection.demande import lire_demande
from binome.projection.lecture import projeter

if TYPE_CHECKING:
    from collections.abc import Callable

TOURS: Final = 20
QUESTIONS: Final[dict[str, dict[str, Any]]] = {
    "to the end of 2026": {"au": "2023-06-30", "jusqu_a": "2026-12"},
    "the same, little money, recommendation 9": {
        "au": "2023-06-30", "jusqu_a": "2026-12", "reformes": ["igas-9"],
        "hypotheses": {"argent_annuel_euros": 6_000_000},
    },
    "to the end of 2040": {"au": "2023-06-30", "jusqu_a": "2040-12"},
}  # fmt: skip


PAGES: Final = {
    "a cursor moved, two years to come": "/projection/?au=2025-11-30&poser=rotation_annuelle&rotation_annuelle=0.{}",
    "the same, to 2040": "/projection/?au=2025-11-30&jusqu_a=2040-12&poser=rotation_annuelle&rotation_annuelle=0.{}",
    "a recommendation tried": "/projection/essayer/?au=2025-11-30&poser=rotation_annuelle&rotation_annuelle=0.{}",
}
"""Each round asks another question: nothing is answered from memory."""


def _mesurer_les_pages(dire: Callable[[str], None]) -> None:
    """Says the median, and the nineteenth in twenty, of each page at the server: read, drawn, written."""
    with TemporaryDirectory() as donnees:
        os.environ.update(
            BINOME_DEMONSTRATION="1", BINOME_DONNEES=donnees, BINOME_SECRET=secrets.token_hex(40),
            DATABASE_URL="", DJANGO_SETTINGS_MODULE="binome.socle.reglages",
        )  # fmt: skip
        import django  # noqa: PLC0415 - not before its settings

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415

        call_command("collectstatic", interactive=False, verbosity=0)
        _servir(dire)


def _servir(dire: Callable[[str], None]) -> None:
    from django.core.cache import caches  # noqa: PLC0415 - once Django is set up
    from django.test import Client  # noqa: PLC0415

    client = Client(SERVER_NAME="localhost")
    for nom, adresse in PAGES.items():
        tours, poids = list[tuple[float, float]](), 0
        for tour in range(TOURS + 1):
            caches["processus"].clear()
            horloge, processeur = perf_counter(), process_time()
            rendue = client.get(adresse.format(10 + tour))
            tours.append((1000 * (perf_counter() - horloge), 1000 * (process_time() - processeur)))
            poids = len(rendue.content) // 1000
            if rendue.status_code != 200:
                raise SystemExit(f"{adresse} : {rendue.status_code}")
        du_mur, du_processeur = (sorted(un) for un in zip(*tours[1:], strict=True))
        dire(
            f"page, {nom}: {median(du_mur):.0f} ms (p95 {du_mur[-2]:.0f}), "
            f"processor {median(du_processeur):.0f} ms, {poids} kB"
        )


def mesurer(dire: Callable[[str], None]) -> int:
    """Says the median of each question: the draws, then the whole answer, on the clock and of processor."""
    for nom, dite in QUESTIONS.items():
        demande = lire_demande(dite)
        tours: list[tuple[float, float, float]] = []
        for _ in range(TOURS):
            projeter.cache_clear()
            horloge, processeur = perf_counter(), process_time()
            rendue = projeter(demande)
            tirages = perf_counter() - horloge
            rendue.en_json()
            tours.append((tirages, perf_counter() - horloge, process_time() - processeur))
        # The first round loads the rules.
        milieux = [1000 * median(colonne) for colonne in zip(*tours[1:], strict=True)]
        dire(
            f"{nom}: draws {milieux[0]:.0f} ms, answer {milieux[1]:.0f} ms, processor {milieux[2]:.0f} ms"
        )
    _mesurer_les_pages(dire)
    return 0
