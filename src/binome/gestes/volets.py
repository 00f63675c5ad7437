"""What rooms above add to the page of an object: each declares its part, and the page knows none of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from django.http import HttpRequest

    from binome.comptes.acteur import Acteur
    from binome.gestes.modele import Suivi

HAUT: Final = "haut"
ACTE: Final = "acte"
TRAVAIL: Final = "travail"
COTE: Final = "cote"
LIEUX: Final = (HAUT, ACTE, TRAVAIL, COTE)
"""Where on the page: above all, where one acts, under the work, or beside it."""


@dataclass(frozen=True)
class GesteTente:
    """A gesture that did not pass: its name, what was typed, why not, and the field at fault where there is one.

    Nothing of a page that is only read.
    """

    geste: str = ""
    tape: Mapping[str, str] = field(default_factory=dict)
    faute: str = ""
    champ: str = ""

    def de(self, geste: str) -> GesteTente:
        """The same, for the part of the page that carries this gesture out; nothing for the others."""
        return self if self.geste == geste else RIEN_TENTE


RIEN_TENTE: Final = GesteTente()


@dataclass(frozen=True)
class Volet:
    """A part of the page: its template, and what it shows to a person; None where it has nothing to show them.

    `sur` is the model whose objects have that part, as Django names it.
    """

    lieu: str
    gabarit: str
    contexte: Callable[[HttpRequest, Acteur, Any, GesteTente], Mapping[str, Any] | None]
    sur: str = "dossiers.dossier"


_DECLARES: list[Volet] = []


def declarer_volets(*volets: Volet) -> None:
    """Makes the parts known, in their order; the same twice is once."""
    _DECLARES.extend(un for un in volets if un not in _DECLARES)


def volets_de(
    request: HttpRequest,
    acteur: Acteur,
    objet: Suivi,
    tentative: GesteTente = RIEN_TENTE,
    *,
    lieux: Collection[str] = LIEUX,
) -> dict[str, list[dict[str, Any]]]:
    """The parts that a page shows a person, by place, those of the page alone; with what was tried on it."""
    dits: dict[str, list[dict[str, Any]]] = {un: [] for un in lieux}
    for un in _DECLARES:
        if un.lieu not in dits or un.sur != objet._meta.label_lower:
            continue
        dit = un.contexte(request, acteur, objet, tentative)
        if dit is not None:
            dits[un.lieu].append({"gabarit": un.gabarit, "dit": dit})
    return dits
