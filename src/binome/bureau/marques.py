"""What rooms above know of the dossiers of a list: each declares its mark, and the list knows none of them.

A mark stands on the lines, is a filter of the list, and is counted on the home page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from binome.dossiers.models import Dossier

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from django.db.models import QuerySet

    from binome.comptes.acteur import Acteur


@dataclass(frozen=True)
class Marque:
    """A mark, by its `code` in the address; `titre` in the filter, `mot` on a line; `attendu` and `un_seul` where it is counted.

    `dossiers` gives the numbers of the dossiers that bear it for a person: few among many, found in one index.
    """

    code: str
    titre: str
    mot: str
    attendu: str
    un_seul: str
    dossiers: Callable[[Acteur], QuerySet[Any, Any]]


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


def marques(acteur: Acteur, dossiers: Sequence[Dossier]) -> Mapping[int, tuple[str, ...]]:
    """The marks that some dossiers bear for a person, by number; a query a mark."""
    dites: dict[int, tuple[str, ...]] = {}
    lus = Dossier.objects.filter(pk__in=[un.pk for un in dossiers]).order_by()
    for une in _DECLAREES.values() if dossiers else ():
        for numero in lus.filter(pk__in=une.dossiers(acteur)).values_list("pk", flat=True):
            dites[numero] = (*dites.get(numero, ()), une.mot)
    return dites
