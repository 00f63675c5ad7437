"""Readings of the made-up world: those of the months that are over, so that its dashboards have a past."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from binome.exemples.chapitre import Chapitre
from binome.pilotage.models import ReleveDuMois
from binome.pilotage.relever import relever

if TYPE_CHECKING:
    from datetime import date

    from binome.exemples.acces import Scene
    from binome.exemples.chapitre import Voulu

MOIS: Final = 7
"""Months that are read, the last one over included."""


def _fins(jour: date) -> list[date]:
    """The last days of the months that are over, the oldest first."""
    fins: list[date] = []
    for _ in range(MOIS):
        jour = jour.replace(day=1) - timedelta(days=1)
        fins.append(jour)
    return fins[::-1]


def _verifier() -> None:
    """Nothing stands in the way: a reading of an empty base is no harm."""


def _ecrire(_: Scene, voulu: Voulu) -> None:
    """In the order of time: a reading remembers what those before it showed."""
    deja = set(ReleveDuMois.objects.order_by().values_list("au", flat=True))
    for fin in _fins(voulu.jour):
        if fin not in deja:
            relever(fin)


CHAPITRE: Final = Chapitre("pilotage", _verifier, _ecrire)
