"""Every source the site cites: those of the rules, of the organisations and of the calendar."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from binome.agenda import feries
from binome.agenda.vacances import vacances
from binome.formations.lecture import sources as sources_des_organismes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from binome.regles.sources import Source


@cache
def registre() -> Mapping[str, Source]:
    """The sources by identifier, those of the rules first."""
    ajoutees = (vacances().source.source, feries.SOURCE.source)
    return {**sources_des_organismes(), **{une.id: une for une in ajoutees}}
