"""The seats of a session, by bloc: somebody enrolled for one bloc leaves those of the others."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Min

from binome.sessions.etats import EtatDeCreneau, EtatDInscription
from binome.sessions.models import Creneau, Inscription

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from binome.sessions.models import Session


@dataclass(frozen=True, slots=True)
class Places:
    """Who is enrolled, by bloc; `inscrits` are people, whatever their blocs."""

    capacite: int
    inscrits: int
    par_bloc: dict[int, int]

    def libres(self, blocs: Sequence[int]) -> int:
        """The seats left for somebody who follows these blocs, each of them."""
        pris = max((self.par_bloc.get(bloc, 0) for bloc in blocs), default=0)
        return max(0, self.capacite - pris)


def places_des(sessions: Iterable[Session]) -> dict[int, Places]:
    """The seats of sessions, by number; one query."""
    toutes = list(sessions)
    blocs: defaultdict[int, list[list[int]]] = defaultdict(list)
    inscrites = Inscription.objects.filter(session__in=toutes, etat=EtatDInscription.INSCRITE)
    for session, siens in inscrites.order_by("pk").values_list("session", "blocs"):
        blocs[session].append(siens)
    return {
        une.pk: Places(
            une.capacite,
            len(blocs[une.pk]),
            {bloc: sum(bloc in siens for siens in blocs[une.pk]) for bloc in une.blocs},
        )
        for une in toutes
    }


def debuts_des_blocs(sessions: Iterable[Session]) -> dict[int, dict[int, datetime]]:
    """When each bloc of sessions begins, by number: where somebody may join; one query."""
    debuts: defaultdict[int, dict[int, datetime]] = defaultdict(dict)
    premiers = (
        Creneau.objects.filter(session__in=list(sessions))
        .exclude(etat=EtatDeCreneau.ANNULE)
        .values("session", "bloc")
        .annotate(premier=Min("debut"))
        .order_by("session", "bloc")
    )
    for un in premiers:
        debuts[un["session"]][un["bloc"]] = un["premier"]
    return dict(debuts)
