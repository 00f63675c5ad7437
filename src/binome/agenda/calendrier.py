"""The calendar of a run of training: its days, each day it loses and why, and what other days would change.

Where a day can only be guessed (holidays that nobody told, a custom of the place) an alert says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

from binome.agenda.feries import ascension
from binome.agenda.jours import UN_JOUR, JourDuRythme, au_rythme, semaine
from binome.agenda.territoires import Lieu
from binome.agenda.vacances import PLUS_TARD, vacances
from binome.regles.calendrier import date_en_clair

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

MINUTES_PAR_JOUR: Final = 420
DEUX_JOURS: Final = (0, 1)
PARTOUT: Final = Lieu()
PLUS_TOT: Final = 14
"""How many days earlier another pair of days must end to be worth a word."""
PAIRES_COMPAREES: Final = 3


@dataclass(frozen=True, slots=True)
class DemandeDeCalendrier:
    """What is asked of a calendar: minutes to teach from a day (included), on which days, where.

    `jours_dits` and `lieu_dit` are False where nobody said them.
    """

    debut: date
    minutes: int
    jours: tuple[int, ...] = DEUX_JOURS
    minutes_par_jour: int = MINUTES_PAR_JOUR
    lieu: Lieu = PARTOUT
    jours_dits: bool = True
    lieu_dit: bool = True


@dataclass(frozen=True, slots=True)
class CalendrierPose:
    """The answer: `jours` of training, the last of `minutes_du_dernier` minutes, and those lost on the way."""

    demande: DemandeDeCalendrier
    jours: tuple[date, ...]
    perdus: tuple[JourDuRythme, ...]
    minutes_du_dernier: int

    @property
    def fin(self) -> date | None:
        """The last day of training; None when there is nothing to teach."""
        return self.jours[-1] if self.jours else None

    @property
    def alertes(self) -> tuple[str, ...]:
        """What is not certain of it, and what other days would change."""
        return tuple(_alertes(self))

    def en_json(self) -> dict[str, Any]:
        """The answer as its JSON contract fixes it: `fin` is empty when there is nothing to teach."""
        return {
            "jours": [un.isoformat() for un in self.jours],
            "fin": "" if self.fin is None else self.fin.isoformat(),
            "perdus": [{"date": un.le.isoformat(), "raison": un.raison} for un in self.perdus],
            "alertes": list(self.alertes),
        }


@dataclass(frozen=True, slots=True)
class PaireDeJours:
    """Two days of the week, and the day on which they end."""

    jours: tuple[int, ...]
    fin: date


def calendrier(demande: DemandeDeCalendrier) -> CalendrierPose:
    """The days of training from `demande.debut` until its minutes are done; a lost day is before the end."""
    nombre = -(-demande.minutes // demande.minutes_par_jour)
    jours: list[date] = []
    perdus: list[JourDuRythme] = []
    rythme = au_rythme(demande.debut, demande.jours, demande.lieu)
    while len(jours) < nombre:
        un = next(rythme)
        if un.raison:
            perdus.append(un)
        else:
            jours.append(un.le)
    reste = demande.minutes - (nombre - 1) * demande.minutes_par_jour if nombre else 0
    return CalendrierPose(demande, tuple(jours), tuple(perdus), reste)


def paires(demande: DemandeDeCalendrier) -> tuple[PaireDeJours, ...]:
    """Every pair of days from Monday to Friday for the same run, the first to end first; none with nothing to teach.

    The pair alone can cost two months and a half: two days lost in spring may cross the summer.
    """
    if not demande.minutes:
        return ()
    toutes = (
        PaireDeJours(jours, fin)
        for jours in combinations(range(5), 2)
        if (fin := calendrier(_sur(demande, jours)).fin) is not None
    )
    return tuple(sorted(toutes, key=lambda une: (une.fin, une.jours)))


def _sur(demande: DemandeDeCalendrier, jours: tuple[int, ...]) -> DemandeDeCalendrier:
    return DemandeDeCalendrier(
        demande.debut, demande.minutes, jours, demande.minutes_par_jour, demande.lieu
    )


def _alertes(un: CalendrierPose) -> Iterator[str]:
    demande, fin = un.demande, un.fin
    if not demande.jours_dits:
        yield (
            f"Les jours de la semaine ne sont pas dits : {semaine(demande.jours)}, c’est notre hypothèse."
        )
    if fin is None:
        yield "Il n’y a rien à suivre : aucun jour n’est posé."
        return
    yield from _sur_les_classes(demande, fin)
    for perdu in un.perdus:
        if perdu.a_confirmer:
            yield (
                f"Le {date_en_clair(perdu.le)} est laissé libre : demandez à l’organisme de formation "
                "s’il y forme."
            )
    yield from ponts(un.jours)
    if len(demande.jours) == 2 and (meilleure := paires(demande)):
        yield from _mieux(meilleure[0], fin)


def ponts(jours: tuple[date, ...]) -> Iterator[str]:
    """A sentence for each day of training that follows Ascension Day."""
    for annee in dict.fromkeys(jour.year for jour in jours):
        pont = ascension(annee) + UN_JOUR
        if pont in jours:
            yield f"Le {date_en_clair(pont)} suit l’Ascension : l’organisme fera peut-être le pont."


def _mieux(meilleure: PaireDeJours, fin: date) -> Iterator[str]:
    gagnes = (fin - meilleure.fin).days
    if gagnes >= PLUS_TOT:
        yield (
            f"Avec {semaine(meilleure.jours)}, la fin serait le {date_en_clair(meilleure.fin)} : "
            f"{gagnes} jours plus tôt."
        )


def _sur_les_classes(demande: DemandeDeCalendrier, fin: date) -> Iterator[str]:
    if demande.lieu.classes is None:
        yield (
            f"Nous ne connaissons pas les vacances scolaires de ce lieu : {PLUS_TARD}."
            if demande.lieu_dit
            else f"Ni la zone ni le département ne sont dits, donc pas les vacances scolaires : {PLUS_TARD}."
        )
        return
    connues = vacances(demande.lieu.classes)
    if demande.debut < connues.du:
        yield connues.avant
    if fin > connues.au:
        yield connues.apres
