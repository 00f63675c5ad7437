"""Laying what a session teaches on its days, half-day after half-day, exact to the minute.

Pure: it reads no table. A half-day may hold the end of one module and the beginning of the next: two slots.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from binome.agenda.calendrier import DemandeDeCalendrier, calendrier
from binome.agenda.territoires import Lieu, lieu_du_departement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from binome.agenda.calendrier import CalendrierPose
    from binome.sessions.programme import Unite

LE_PLUS: Final = 1000
"""Slots of a session, at most: a mistake in the hours would otherwise lay thousands."""


@dataclass(frozen=True, slots=True)
class Horaire:
    """The two halves of a day, in minutes: when each begins after midnight, and how long it lasts, 0 for none."""

    matin: int
    minutes_du_matin: int
    apres_midi: int
    minutes_de_l_apres_midi: int

    @property
    def moities(self) -> tuple[tuple[int, int], ...]:
        """The halves that are taught: beginning and length."""
        moities = (
            (self.matin, self.minutes_du_matin),
            (self.apres_midi, self.minutes_de_l_apres_midi),
        )
        return tuple(une for une in moities if une[1])

    @property
    def minutes(self) -> int:
        """How long a day lasts."""
        return self.minutes_du_matin + self.minutes_de_l_apres_midi


@dataclass(frozen=True, slots=True)
class CreneauPose:
    """One slot: `debut` in minutes after midnight of its day, by the clock of the site."""

    jour: date
    debut: int
    minutes: int
    unite: Unite


@dataclass(frozen=True, slots=True)
class SessionPosee:
    """What was laid: the days with those lost, the slots, and what was left out because nobody knows how long it lasts."""

    calendrier: CalendrierPose
    creneaux: tuple[CreneauPose, ...]
    laissees: tuple[Unite, ...]


def poser(
    unites: Sequence[Unite], debut: date, jours: Sequence[int], horaire: Horaire, departement: str
) -> SessionPosee:
    """Lays them from a day (included). Raises ValueError with a French sentence for an empty day, or too many slots."""
    if not horaire.minutes:
        raise ValueError("Donnez la durée d’une demi-journée au moins.")
    connues = [une for une in unites if une.minutes is not None]
    total = sum(une.minutes or 0 for une in connues)
    if -(-total // horaire.minutes) > LE_PLUS:
        raise ValueError(
            "Ces demi-journées sont trop courtes : la session aurait plus de mille jours."
        )
    lieu = lieu_du_departement(departement)
    pose = calendrier(
        DemandeDeCalendrier(
            debut, total, tuple(sorted(set(jours))), horaire.minutes, lieu or Lieu(),
            lieu_dit=lieu is not None,
        )
    )  # fmt: skip
    return SessionPosee(
        pose,
        tuple(_couper(connues, pose.jours, horaire)),
        tuple(une for une in unites if une.minutes is None),
    )


def _couper(
    unites: Sequence[Unite], jours: Sequence[date], horaire: Horaire
) -> Iterator[CreneauPose]:
    """The slots, in order: each module is cut where its half-day ends."""
    places = ((jour, debut, libres) for jour in jours for debut, libres in horaire.moities)
    jour, debut, libres = next(places, (None, 0, 0))
    for une in unites:
        reste = une.minutes or 0
        while reste and jour is not None:
            pris = min(reste, libres)
            yield CreneauPose(jour, debut, pris, une)
            reste, debut, libres = reste - pris, debut + pris, libres - pris
            if not libres:
                jour, debut, libres = next(places, (None, 0, 0))
