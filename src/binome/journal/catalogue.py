"""The gestures that the journal may tell of: each room declares its own, and no other is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Evenement:
    """A kind of entry: its name, as `role.donne`, and what it says, in French, for who reads the journal."""

    nom: str
    dit: str


_CATALOGUE: Final[dict[str, Evenement]] = {}


def declarer_evenements(*evenements: Evenement) -> None:
    """Makes kinds of entries known; for the rooms. Raises ValueError when two rooms use one name."""
    for un in evenements:
        if _CATALOGUE.setdefault(un.nom, un) != un:
            raise ValueError(f"« {un.nom} » est déjà déclaré, et dit autre chose")


def evenements() -> list[Evenement]:
    """Every kind of entry, by name."""
    return [_CATALOGUE[nom] for nom in sorted(_CATALOGUE)]


def verifier_les_noms(noms: Iterable[str]) -> None:
    """Raises ValueError for a gesture that no room declared: nobody could read what it means."""
    inconnus = sorted(set(noms) - _CATALOGUE.keys())
    if inconnus:
        raise ValueError(f"Aucune table ne déclare : {', '.join(inconnus)}")
