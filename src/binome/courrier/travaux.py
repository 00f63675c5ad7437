"""The runner: jobs by name, each at its own pace, that another runner or a kill cannot trouble.

There is no queue of tasks: what is due is read from the rows themselves and from the clock, so that
nothing can be lost between a change and its task.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from django.db import close_old_connections
from django.utils import timezone

from binome.courrier.battements import Pouls
from binome.socle.suite import suite_de

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from threading import Event

_NOTE = logging.getLogger(__name__)
PAUSE: Final = 2.0
"""Seconds between two passes that found nothing to do."""


@dataclass(frozen=True, slots=True)
class Travail:
    """One job: does a lot of what is due and says how much; `tous_les` seconds between two looks."""

    nom: str
    faire: Callable[[], int]
    tous_les: float = 0.0


@dataclass(slots=True)
class UneFoisParJour:
    """What a job does at its first look of the local day; one that failed is tried again at the next."""

    faire: Callable[[], int]
    fait_le: date | None = None

    def __call__(self) -> int:
        """What it did; nothing when the day's is done."""
        jour = timezone.localdate()
        if self.fait_le == jour:
            return 0
        nombre = self.faire()
        self.fait_le = jour
        return nombre


@dataclass(slots=True)
class Passe:
    """What one pass did, by job, the jobs that failed, and what to do about those whose fault says it."""

    faits: dict[str, int] = field(default_factory=dict)
    fautes: dict[str, str] = field(default_factory=dict)
    suites: dict[str, str] = field(default_factory=dict)


def passer(travaux: Sequence[Travail], pouls: Pouls | None = None) -> Passe:
    """Does each job once, in order. One that fails does not stop the others.

    Only the kind of a failure and its next step are written: its message could name a person.
    """
    passe = Passe()
    for travail in travaux:
        if pouls is not None:
            pouls.commencer(travail.nom)
        try:
            passe.faits[travail.nom] = travail.faire()
        except Exception as faute:
            passe.fautes[travail.nom] = type(faute).__name__
            if suite := suite_de(faute):
                passe.suites[travail.nom] = suite
            _NOTE.error("travail %s : %s. %s", travail.nom, type(faute).__name__, suite)
        if pouls is not None:
            pouls.finir(travail.nom, bien=travail.nom not in passe.fautes)
    return passe


def tout_faire(travaux: Sequence[Travail]) -> Passe:
    """Passes again until nothing is left to do; a job that failed is not tried again."""
    total = Passe()
    while True:
        passe = passer([un for un in travaux if un.nom not in total.fautes])
        total.fautes.update(passe.fautes)
        total.suites.update(passe.suites)
        for nom, nombre in passe.faits.items():
            total.faits[nom] = total.faits.get(nom, 0) + nombre
        if not any(passe.faits.values()):
            return total


def tourner(travaux: Sequence[Travail], arret: Event, *, pause: float = PAUSE) -> None:
    """Passes until told to stop, and says that it lives; rests when there was nothing to do."""
    prochains = {un.nom: 0.0 for un in travaux}
    pouls = Pouls(travaux)
    with pouls.en_marche():
        while not arret.is_set():
            close_old_connections()
            instant = time.monotonic()
            dus = [un for un in travaux if prochains[un.nom] <= instant]
            passe = passer(dus, pouls)
            for un in dus:
                prochains[un.nom] = instant + (
                    max(un.tous_les, 60.0) if un.nom in passe.fautes else un.tous_les
                )
            if not any(passe.faits.values()):
                arret.wait(pause)
