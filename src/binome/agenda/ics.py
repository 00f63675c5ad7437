"""A plan as an iCalendar file (RFC 5545), that any calendar can take in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID, uuid5

from icalendar import Calendar, Event, vText

from binome.typographie import typographie

if TYPE_CHECKING:
    from collections.abc import Iterator

    from binome.agenda.plan import Plan

PRODID: Final = "-//Binôme//Calendrier de formation//FR"
_ESPACE: Final = UUID("5f0c6f1e-6d5c-5b0e-9a53-3c1f6a6f0b7d")
"""Namespace of our identifiers: the same event always has the same one."""
_ESTIMEE: Final = "Date estimée par Binôme. Demandez le calendrier à votre organisme de formation."


@dataclass(frozen=True, slots=True)
class _Marque:
    """What is told of a day; an estimated one is tentative."""

    jour: date
    resume: str
    texte: str = ""
    estimee: bool = False


def _marques(plan: Plan) -> Iterator[_Marque]:
    yield _Marque(plan.entree, "Entrée en formation")
    for rang, jour in enumerate(plan.jours, 1):
        yield _Marque(jour, f"Jour de formation {rang} sur {len(plan.jours)}", _ESTIMEE, True)
    if plan.fin is not None:
        texte = " ".join((_ESTIMEE, *plan.hypotheses, plan.jury_en_clair))
        yield _Marque(plan.fin, "Fin de la formation", texte, True)
    if plan.jury is not None:
        yield _Marque(plan.jury, "Jury du CQP")


def _evenement(marque: _Marque, plan: Plan, titre: str, cree_le: datetime) -> Event:
    contenu = f"{titre}|{plan.entree}|{marque.jour}|{marque.resume}"
    evenement = Event()
    evenement.add("uid", str(uuid5(_ESPACE, contenu)))
    evenement.add("dtstamp", cree_le)
    evenement.add("dtstart", marque.jour)
    evenement.add("dtend", marque.jour + timedelta(days=1))
    evenement.add("summary", typographie(marque.resume))
    evenement.add("description", typographie(f"{titre}. {marque.texte}".strip()))
    evenement.add("status", "TENTATIVE" if marque.estimee else "CONFIRMED")
    return evenement


def ics(plan: Plan, *, titre: str, cree_le: datetime) -> bytes:
    """The entry, each training day, the end, and the jury when its day is known.

    The same plan under the same title gives the same identifiers, so that importing it twice
    doubles nothing. It holds no personal data. `cree_le` must bear its time zone: raises
    ValueError otherwise.
    """
    if cree_le.tzinfo is None:
        msg = "cree_le : indiquez un fuseau horaire"
        raise ValueError(msg)
    titre = " ".join(titre.split())
    calendrier = Calendar()
    calendrier.add("prodid", PRODID)
    calendrier.add("version", "2.0")
    calendrier.add("calscale", "GREGORIAN")
    calendrier.add("method", "PUBLISH")
    calendrier.add("name", vText(typographie(titre)))
    calendrier.add("x-wr-calname", vText(typographie(titre)))
    for marque in _marques(plan):
        calendrier.add_component(_evenement(marque, plan, titre, cree_le.astimezone(UTC)))
    contenu: bytes = calendrier.to_ical()
    return contenu
