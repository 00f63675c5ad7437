"""How good an answer is, and who says it: what a search for a better one compares."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from binome.regles.compiler import Etabli
    from binome.regles.faits import Dossier


class Note(NamedTuple):
    """How good an answer is: what it opens, then the conditions left to meet, then the minutes."""

    rang: int
    reserves: int
    minutes: int


class Juge(Protocol):
    """Decides again and grades the answer: the lower the note, the better the answer."""

    def juger(self, dossier: Dossier) -> tuple[Note, Etabli, int | None]:
        """The note, what was decided, and the amount that the answer gives."""
        ...  # pragma: no cover

    def depart(self, dossier: Dossier) -> Note:
        """The note to beat: what the answer may be at best, where it is not firm."""
        ...  # pragma: no cover
