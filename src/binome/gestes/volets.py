"""What rooms above add to the page of an object: each declares its part, and the page knows none of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.http import HttpRequest

    from binome.comptes.acteur import Acteur
    from binome.gestes.modele import Suivi

HAUT: Final = "haut"
TRAVAIL: Final = "travail"
COTE: Final = "cote"
"""Where on the page: above all, under the work, or beside it."""
LISTE: Final = "liste"
"""What the address keeps of the list that the object was opened from."""
LONGUEUR: Final = 600


@dataclass(frozen=True)
class Volet:
    """A part of the page: its template, and what it shows to a person; None where it has nothing to show them."""

    lieu: str
    gabarit: str
    contexte: Callable[[HttpRequest, Acteur, Any], Mapping[str, Any] | None]


_DECLARES: list[Volet] = []


def declarer_volets(*volets: Volet) -> None:
    """Makes the parts known, in their order; the same twice is once."""
    _DECLARES.extend(un for un in volets if un not in _DECLARES)


def volets_de(
    request: HttpRequest, acteur: Acteur, objet: Suivi
) -> dict[str, list[dict[str, Any]]]:
    """The parts that a page shows a person, by place."""
    lieux: dict[str, list[dict[str, Any]]] = {HAUT: [], TRAVAIL: [], COTE: []}
    for un in _DECLARES:
        dit = un.contexte(request, acteur, objet)
        if dit is not None:
            lieux[un.lieu].append({"gabarit": un.gabarit, "dit": dit})
    return lieux


def suite_de(request: HttpRequest) -> str:
    """What every address of an object's pages ends with, so that the list one came from is not lost."""
    liste = request.GET.get(LISTE)
    return "" if liste is None else f"?{urlencode({LISTE: liste[:LONGUEUR]})}"
