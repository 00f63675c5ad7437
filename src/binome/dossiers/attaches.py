"""What rooms above tie to a dossier: erased with it, told to whom it is about, known to its journal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.db.models import Model

    from binome.dossiers.models import Dossier


@dataclass(frozen=True)
class Attache:
    """A table of rows that belong to a dossier, by its `dossier`; None for what has a name of its own in the journal.

    `effacer` takes off what tells who the dossier is about; `archiver` gives the section of that name in the archive
    of the candidate, whose journal leaves out the entries of `tus`.
    """

    nom: str
    modele: type[Model] | None
    effacer: Callable[[Dossier], None]
    archiver: Callable[[Dossier], Any]
    tus: tuple[str, ...] = ()


_DECLAREES: dict[str, Attache] = {}


def declarer_attaches(*attaches: Attache) -> None:
    """Makes them known, each once."""
    _DECLAREES.update((une.nom, une) for une in attaches)


def attaches() -> Iterator[Attache]:
    """What was declared, in its order."""
    yield from _DECLAREES.values()
