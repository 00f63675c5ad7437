"""A dataset: its columns, what it holds in two sentences, and how its lines are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

Genre: TypeAlias = Literal["string", "integer", "number", "boolean", "date"]
Case: TypeAlias = "str | int | float | bool | date | None"
GENRES: Final = {
    "string": "texte",
    "integer": "nombre entier",
    "number": "nombre",
    "boolean": "vrai ou faux",
    "date": "date",
}


@dataclass(frozen=True, slots=True)
class ColonneOuverte:
    """One column: its name in the file, what it says, its type; `choix` when only some words stand there.

    `renvoi` names the dataset and the column that its values are of.
    """

    nom: str
    dit: str
    genre: Genre = "string"
    requise: bool = True
    choix: tuple[str, ...] = ()
    renvoi: tuple[str, str] | None = None

    @property
    def genre_dit(self) -> str:
        """The type in words."""
        return GENRES[self.genre]


@dataclass(frozen=True, slots=True)
class JeuDeDonnees:
    """A dataset. `dit` is two sentences for a reader; `cle` names the columns that tell one line from the others.

    `cube` says that it is a table of figures: its dimensions, its value and its status; None for a list.
    """

    nom: str
    titre: str
    dit: str
    mots_cles: tuple[str, ...]
    colonnes: tuple[ColonneOuverte, ...]
    cle: tuple[str, ...]
    lire: Callable[[], Iterable[tuple[Case, ...]]]
    cube: tuple[str, ...] | None = None
