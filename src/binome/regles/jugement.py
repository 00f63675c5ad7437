"""How good an answer is, and who says it: what a search for a better one compares."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from binome.regles.compiler import Etabli
    from binome.regles.conditions import Atome
    from binome.regles.faits import Dossier


class Note(NamedTuple):
    """How good an answer is: what it opens, then the conditions left to meet, then the minutes."""

    rang: int
    reserves: int
    minutes: int


class Mobiles(NamedTuple):
    """What changes may do: give these facts any value, add these codes to these lists."""

    faits: frozenset[str]
    ajouts: frozenset[tuple[str, str]]

    def laissent(self, atome: Atome) -> bool:
        """Whether no change has any bearing on what a comparison finds."""
        if atome.operateur == "contient" and isinstance(atome.attendu, tuple):
            if any((atome.fait, str(code)) in self.ajouts for code in atome.attendu):
                return False
        elif any(nom in atome.faits for nom, _ in self.ajouts):
            return False
        return self.faits.isdisjoint(atome.faits)


class Juge(Protocol):
    """Decides again and grades the answer: the lower the note, the better the answer."""

    def juger(self, dossier: Dossier) -> tuple[Note, Etabli, int | None]:
        """The note, what was decided, and the amount that the answer gives."""
        ...  # pragma: no cover

    def depart(self, dossier: Dossier) -> Note:
        """The note to beat: what the answer may be at best, where it is not firm. Asked first."""
        ...  # pragma: no cover

    def plancher(self, mobiles: Mobiles) -> Note:
        """A note that no answer goes below, whatever such changes do to the dossier of `depart`."""
        ...  # pragma: no cover
