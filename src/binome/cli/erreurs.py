"""What the terminal says when it cannot go on: French sentences, one per mistake, and a code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from binome.cli import ENTREE_REFUSEE

if TYPE_CHECKING:
    from collections.abc import Iterable


class Refus(Exception):
    """Stops the command: its lines go to standard error, its code becomes the exit code."""

    def __init__(self, lignes: str | Iterable[str], code: int = ENTREE_REFUSEE) -> None:
        self.lignes = (lignes,) if isinstance(lignes, str) else tuple(lignes)
        self.code = code
        super().__init__(self.lignes[0] if self.lignes else "")
