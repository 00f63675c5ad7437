"""Every source the house cites: those of the rules, of the organisations, of the calendar and of the projection."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from binome.agenda import feries
from binome.agenda.vacances import CALENDRIERS, vacances
from binome.formations.lecture import sources as sources_des_organismes
from binome.projection.registre import sources_citees
from binome.regles.courante import base_courante, certifications

if TYPE_CHECKING:
    from collections.abc import Mapping

    from binome.regles.sources import Source


def _autres(source: Source, connue: Source) -> Mapping[str, str]:
    """The passages of a source that the register does not have yet."""
    return {nom: dit for nom, dit in source.passages.items() if nom not in connue.passages}


@cache
def toutes_les_sources() -> Mapping[str, Source]:
    """The sources by identifier, those of the rules first.

    What another certification cites of the same document comes after what the first one does.
    """
    ajoutees = (
        *(vacances(une).source.source for une in CALENDRIERS),
        feries.SOURCE.source,
    )
    toutes = {**sources_des_organismes(), **{une.id: une for une in ajoutees}}
    for une in sources_citees().values():
        connue = toutes.get(une.id, une)
        toutes[une.id] = replace(connue, passages={**connue.passages, **_autres(une, connue)})
    for code in certifications():
        for une in base_courante(certification=code).sources.values():
            connue = toutes.get(une.id, une)
            toutes[une.id] = replace(connue, passages={**connue.passages, **_autres(une, connue)})
    return toutes
