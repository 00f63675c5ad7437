"""What is said when an input cannot be read, or an output written: French sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

ENTREE_REFUSEE: Final = 2


class TravailImpossible(Exception):
    """Stops the work: one line per mistake; a terminal exits with the code."""

    def __init__(self, lignes: str | Iterable[str], code: int = ENTREE_REFUSEE) -> None:
        self.lignes = (lignes,) if isinstance(lignes, str) else tuple(lignes)
        self.code = code
        super().__init__(self.lignes[0] if self.lignes else "")
