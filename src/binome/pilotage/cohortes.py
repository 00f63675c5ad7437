"""Cohorts by the month of entry; a cohort is closed once nobody of it is on the way."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from binome.pilotage.lignes import FaitsComptes, ParcoursCompte


def closes(faits: FaitsComptes) -> list[ParcoursCompte]:
    """The paths of the cohorts that are closed on the day."""
    par_mois: defaultdict[tuple[int, int], list[ParcoursCompte]] = defaultdict(list)
    for un in faits.parcours:
        if un.entree is not None:
            par_mois[un.entree.year, un.entree.month].append(un)
    return [
        un
        for siens in par_mois.values()
        if not any(autre.en_cours and autre.titre_le is None for autre in siens)
        for un in siens
    ]
