"""What rooms above know of the dossiers of a list: each declares its mark, and the list knows none of them.

A mark stands on the lines, is a filter of the list, and is counted on the home page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Exists, OuterRef

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from django.db.models import QuerySet

    from binome.comptes.acteur import Acteur
    from binome.dossiers.models import Dossier


@dataclass(frozen=True)
class Marque:
    """A mark, by its `code` in the address; `titre` in the filter, `mot` on a line; `attendu` and `un_seul` where it is counted.

    `dossiers` gives, as `dossier`, the numbers of those that bear it for a person: few among many, found in one index.
    `sur_une_ligne` gives at least those among the lines that a person reads already, for less; `permise` then says
    whether a line that bears it is theirs to know.
    """

    code: str
    titre: str
    mot: str
    attendu: str
    un_seul: str
    dossiers: Callable[[Acteur], QuerySet[Any, Any]]
    sur_une_ligne: Callable[[Acteur], QuerySet[Any, Any]]
    permise: Callable[[Acteur, Dossier], bool]


MARQUE: Final = "marque_"
_DECLAREES: dict[str, Marque] = {}


def declarer_marques(*marques_: Marque) -> None:
    """Makes the marks known, each once."""
    _DECLAREES.update((une.code, une) for une in marques_)


def declarees() -> Collection[Marque]:
    """Every mark, in its order."""
    return _DECLAREES.values()


def titres() -> dict[str, str]:
    """Every mark by its code, in words."""
    return {code: une.titre for code, une in _DECLAREES.items()}


def marque_de(code: str) -> Marque | None:
    """The mark of a code; None for a code that means nothing."""
    return _DECLAREES.get(code)


def avec_leurs_marques(dossiers: QuerySet[Dossier], acteur: Acteur) -> QuerySet[Dossier]:
    """The same dossiers, each with the marks that it bears for a person: no query more."""
    ici = {"dossier": OuterRef("pk")}
    portees = {
        f"{MARQUE}{code}": Exists(une.sur_une_ligne(acteur).filter(**ici))
        for code, une in _DECLAREES.items()
    }
    return dossiers.annotate(**portees)


def marques(dossier: Dossier, acteur: Acteur) -> tuple[str, ...]:
    """The marks that a dossier bears for who read it, in words."""
    portees = vars(dossier)
    return tuple(
        une.mot
        for code, une in _DECLAREES.items()
        if portees.get(f"{MARQUE}{code}") and une.permise(acteur, dossier)
    )
