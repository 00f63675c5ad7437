"""What a process behind the wall may spend."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Final

MO: Final = 2**20


@dataclass(frozen=True, slots=True)
class Bornes:
    """Bytes of address space, seconds of processor, seconds of the clock, bytes that it may write."""

    memoire: int = 700 * MO
    calcul: int = 15
    duree: int = 30
    sortie: int = 64 * MO

    def en_texte(self) -> str:
        """As an argument of a command."""
        return json.dumps(asdict(self))

    @classmethod
    def lire(cls, texte: str) -> Bornes:
        """Out of such an argument."""
        return cls(**json.loads(texte))
