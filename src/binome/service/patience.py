"""How long a connection may take: a client that dawdles costs a connection, and not for ever.

Seconds and bytes. A slow line is not an attack: what moves at `DEBIT` bytes a second is never cut.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

TETE: Final = 20.0
"""To send the first line and the headers."""
PREMIERE: Final = 20.0
"""To begin, once connected."""
REPOS: Final = 75.0
"""Between two requests: longer than relays keep a connection, so that they are the ones that close it."""
SURSIS: Final = 30.0
"""Before the rate of a body, or of an answer, is looked at."""
DEBIT: Final = 10_000


class Phase(Enum):
    """What a connection waits for."""

    REPOS = "repos"
    TETE = "tete"
    CORPS = "corps"
    TRAVAIL = "travail"
    REPONSE = "reponse"


@dataclass(slots=True)
class PhaseSuivie:
    """Since when a connection is in its phase, on the clock of who looks; `passes` bytes went by before."""

    phase: Phase
    objet: object
    depuis: float
    passes: int
    neuve: bool = True

    def voir(self, phase: Phase, objet: object, passes: int, instant: float) -> None:
        """Notes what the connection does now; another request is another phase."""
        if phase is self.phase and objet == self.objet:
            return
        if phase is Phase.TRAVAIL or (phase is Phase.REPOS and objet):
            self.neuve = False
        self.phase, self.objet, self.depuis, self.passes = phase, objet, instant, passes

    def limite(self, passes: int) -> float | None:
        """Seconds that the phase may last; None for our own work, which has bounds of its own."""
        match self.phase:
            case Phase.TRAVAIL:
                return None
            case Phase.TETE:
                return TETE
            case Phase.REPOS:
                return PREMIERE if self.neuve else REPOS
            case Phase.CORPS | Phase.REPONSE:
                return SURSIS + (passes - self.passes) / DEBIT

    def depassee(self, passes: int, instant: float) -> bool:
        """Whether the phase has lasted too long."""
        limite = self.limite(passes)
        return limite is not None and instant - self.depuis > limite
