"""`./binome bench projection`: what 2,000 draws take, once the rules and the libraries are loaded."""

from __future__ import annotations

from statistics import median
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
    return 0
