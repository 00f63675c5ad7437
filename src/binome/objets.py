"""An object that another program gives, read strictly: refused whole, with one sentence for each mistake."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

_JOUR: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class ObjetInvalide(ValueError):
    """An object that cannot be read; `fautes` are sentences, each beginning with the place at fault."""

    def __init__(self, fautes: Iterable[str]) -> None:
        self.fautes = tuple(fautes)
        super().__init__(" ; ".join(self.fautes))


class Faute(Exception):
    """One value that cannot be read, in a sentence."""


def _sans_proche(mot: str, cles: Collection[str]) -> str:  # noqa: ARG001 - where no neighbour is offered
    return ""


def inconnues(
    brut: Mapping[str, object],
    cles: Collection[str],
    lieu: str = "",
    *,
    proche: Callable[[str, Collection[str]], str] = _sans_proche,
) -> list[str]:
    """A sentence for each key that is not known at a place; `proche` adds which one it looks like."""
    return [
        f"{lieu}{cle} : ce renseignement n’existe pas ; connus : {', '.join(cles)}{proche(cle, cles)}"
        for cle in brut
        if cle not in cles
    ]


def jour_ecrit(valeur: object) -> date | None:
    """The day that a text writes as 2027-01-11, and no other way; None for anything else."""
    if not isinstance(valeur, str) or not _JOUR.fullmatch(valeur):
        return None
    try:
        return date.fromisoformat(valeur)
    except ValueError:
        return None
