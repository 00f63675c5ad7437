"""What closes what is written for a jury: the end of a path, and a jury that decided of a bloc once closed.

Juries stand on épreuves: they declare here how their decisions are read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from binome.parcours.etats import EN_COURS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from binome.parcours.models import Parcours

TERMINE: Final = "Ce parcours est terminé : rien ne s’y écrit plus."
JUGE: Final = "Un jury a décidé de ce bloc : ce qu’il a lu ne change plus."


class DecisionClose(NamedTuple):
    """The last decision of a closed jury on a bloc: when it closed, and whether the bloc is held."""

    le: datetime
    valide: bool


_LECTEURS: Final[list[Callable[[Parcours], Mapping[int, DecisionClose]]]] = []


def declarer_les_decisions(lecteur: Callable[[Parcours], Mapping[int, DecisionClose]]) -> None:
    """How what closed juries decided of a path is read, by bloc; declared once, as the application starts."""
    if lecteur not in _LECTEURS:
        _LECTEURS.append(lecteur)


def pourquoi_clos(
    parcours: Parcours, bloc: int | None = None, *, tente_le: datetime | None = None
) -> str:
    """Why nothing more is written on a path, or on one of its blocs; empty when it may be.

    An attempt, by the instant it was planned, is closed by the jury that closed after; without one, a bloc is closed once held.
    """
    if parcours.etat not in EN_COURS:
        return TERMINE
    for lecteur in _LECTEURS if bloc is not None else ():
        decidee = lecteur(parcours).get(bloc or 0)
        if decidee is not None and (
            decidee.valide or (tente_le is not None and tente_le <= decidee.le)
        ):
            return JUGE
    return ""
