"""A plan, or clocks, as an iCalendar file (RFC 5545), that any calendar can take in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID, uuid5

from icalendar import Alarm, Calendar, Event, vDuration, vText

from binome.agenda.annonce import a_faire_avant, condition
from binome.regles.calendrier import date_en_clair
from binome.typographie import typographie

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from binome.agenda.echeances import Echeance
    from binome.agenda.plan import Plan

PRODID: Final = "-//Binôme//Calendrier de formation//FR"
RELIRE: Final = timedelta(hours=1)
RAPPEL: Final = timedelta(days=30)
"""How long before a clock the calendar speaks."""
_ESPACE: Final = UUID("5f0c6f1e-6d5c-5b0e-9a53-3c1f6a6f0b7d")
"""Namespace of our identifiers: the same event always has the same one."""
ORIGINE: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""The instant from which the numbers of revisions are counted, in seconds."""
_ESTIMEE: Final = "Date estimée par Binôme. Demandez le calendrier à votre organisme de formation."


@dataclass(frozen=True, slots=True)
class _Marque:
    """What is told of a day; an estimated one is tentative. `code` names the event, and never holds its day.

    `occupe`: the day is spent there. A deadline, a first or a last day only mark it.
    """

    code: str
    jour: date
    resume: str
    texte: str = ""
    estimee: bool = False
    rappel: bool = False
    occupe: bool = False


def _marques(plan: Plan) -> Iterator[_Marque]:
    yield _Marque("entree", plan.entree, "Entrée en formation")
    for rang, jour in enumerate(plan.jours, 1):
        resume = f"Jour de formation {rang} sur {len(plan.jours)}"
        yield _Marque(f"jour-{rang}", jour, resume, _ESTIMEE, True, occupe=True)
    if plan.fin is not None:
        texte = " ".join((_ESTIMEE, *plan.hypotheses, plan.jury_en_clair))
        yield _Marque("fin", plan.fin, "Fin de la formation", texte, True)
    if plan.jury is not None:
        yield _Marque("jury", plan.jury, "Jury du CQP", occupe=True)


def _lectures(une: Echeance) -> Iterator[str]:
    """Each reading, with its day when they differ, and the texts that it comes from."""
    for lecture in une.de_la_plus_proche:
        jour = "" if not une.rivales or lecture.jour is None else date_en_clair(lecture.jour)
        textes = " ; ".join(
            f"{c.source.titre}, {c.passage} : {c.resume}" for c in lecture.motif.citations
        )
        yield f"{jour and f'{jour} : '}{lecture.motif.texte} Source : {textes}"


def _echeances(toutes: Iterable[Echeance]) -> Iterator[_Marque]:
    for une in toutes:
        if une.jour is None:
            continue
        divergent = "Les sources divergent ; ce jour est le plus proche." if une.rivales else ""
        texte = (divergent, condition(une), a_faire_avant(une), *_lectures(une))
        dit = "\n".join(morceau for morceau in texte if morceau)
        yield _Marque(
            une.code, une.jour, une.titre, dit, not une.certaine or une.rivales, rappel=True
        )


def _evenement(marque: _Marque, cle: str, titre: str, cree_le: datetime) -> Event:
    evenement = Event()
    evenement.add("uid", str(uuid5(_ESPACE, f"{titre}|{cle}|{marque.code}")))
    evenement.add("dtstamp", cree_le)
    # Nothing is kept of what was given before: the latest file is the latest word.
    evenement.add("sequence", max(0, int((cree_le - ORIGINE).total_seconds())))
    evenement.add("dtstart", marque.jour)
    evenement.add("dtend", marque.jour + timedelta(days=1))
    evenement.add("summary", typographie(marque.resume))
    evenement.add("description", typographie(f"{titre}. {marque.texte}".strip()))
    evenement.add("status", "TENTATIVE" if marque.estimee else "CONFIRMED")
    evenement.add("transp", "OPAQUE" if marque.occupe else "TRANSPARENT")
    if marque.rappel:
        evenement.add_component(_alarme(marque.resume))
    return evenement


@dataclass(frozen=True, slots=True, kw_only=True)
class Seance:
    """Something at an hour, known by an identifier that never changes; `revision` rises each time it moves.

    `debut` and `fin` are instants: whatever the clock of who reads, it is at the right hour. `ferme` says that it is
    sure, `annulee` that it will not be; `occupe` that one is there from its beginning to its end.
    """

    uid: UUID
    revision: int
    debut: datetime
    fin: datetime
    resume: str
    texte: str = ""
    lieu: str = ""
    adresse: str = ""
    ferme: bool = True
    annulee: bool = False
    occupe: bool = True


def _seance(une: Seance, cree_le: datetime) -> Event:
    evenement = Event()
    evenement.add("uid", str(une.uid))
    evenement.add("dtstamp", cree_le)
    evenement.add("sequence", une.revision)
    evenement.add("dtstart", une.debut.astimezone(UTC))
    evenement.add("dtend", une.fin.astimezone(UTC))
    evenement.add("summary", typographie(une.resume))
    dits = [typographie(une.texte)] if une.texte else []
    lieu = typographie(une.lieu)
    if une.adresse:
        # Many calendars show no URL: where it is and what is said of it hold the link too, untouched by typography.
        evenement.add("url", une.adresse)
        dits.append(f"{typographie('Lien :')} {une.adresse}")
        lieu = lieu or une.adresse
    for nom, valeur in (("description", "\n".join(dits)), ("location", lieu)):
        if valeur:
            evenement.add(nom, valeur)
    etat = "CANCELLED" if une.annulee else "CONFIRMED" if une.ferme else "TENTATIVE"
    evenement.add("status", etat)
    evenement.add("transp", "OPAQUE" if une.occupe and not une.annulee else "TRANSPARENT")
    return evenement


@dataclass(frozen=True, slots=True, kw_only=True)
class Journee:
    """A day that is due, known by an identifier that never changes; `change_le` is when it last moved, and rises.

    `ferme` says that the day is sure, `annulee` that nothing is due any more; `rappel` that the calendar speaks a month before.
    """

    uid: str
    change_le: datetime
    jour: date
    resume: str
    texte: str = ""
    adresse: str = ""
    ferme: bool = True
    annulee: bool = False
    rappel: bool = False


def _journee(une: Journee, cree_le: datetime) -> Event:
    evenement = Event()
    evenement.add("uid", une.uid)
    evenement.add("dtstamp", cree_le)
    evenement.add("last-modified", une.change_le.astimezone(UTC))
    evenement.add("sequence", max(0, int((une.change_le - ORIGINE).total_seconds())))
    evenement.add("dtstart", une.jour)
    evenement.add("dtend", une.jour + timedelta(days=1))
    evenement.add("summary", typographie(une.resume))
    dits = [typographie(une.texte)] if une.texte else []
    if une.adresse:
        # Many calendars show no URL: what is said of the day holds the link too, untouched by typography.
        evenement.add("url", une.adresse)
        dits.append(f"{typographie('Lien :')} {une.adresse}")
    if dits:
        evenement.add("description", "\n".join(dits))
    etat = "CANCELLED" if une.annulee else "CONFIRMED" if une.ferme else "TENTATIVE"
    evenement.add("status", etat)
    evenement.add("transp", "TRANSPARENT")
    if une.rappel and not une.annulee:
        evenement.add_component(_alarme(une.resume))
    return evenement


def _alarme(resume: str) -> Alarm:
    alarme = Alarm()
    alarme.add("action", "DISPLAY")
    alarme.add("trigger", -RAPPEL)
    alarme.add("description", typographie(resume))
    return alarme


def _ecrire(marques: Iterable[_Marque], cle: str, titre: str, cree_le: datetime) -> bytes:
    nom = " ".join(titre.split())
    evenements = (_evenement(une, cle, nom, cree_le.astimezone(UTC)) for une in marques)
    return _calendrier(evenements, titre, cree_le)


def _calendrier(evenements: Iterable[Event], titre: str, cree_le: datetime) -> bytes:
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
    # How often who subscribed may look again (RFC 7986, and what came before it): each calendar does as it likes.
    calendrier.add("refresh-interval", RELIRE, parameters={"VALUE": "DURATION"})
    calendrier.add("x-published-ttl", vDuration(RELIRE))
    for evenement in evenements:
        calendrier.add_component(evenement)
    contenu: bytes = calendrier.to_ical()
    return contenu


def ics(plan: Plan, *, titre: str, cree_le: datetime, cle: str = "") -> bytes:
    """The entry, each training day, the end, and the jury when its day is known.

    `cle` tells one person's plan from another's, without their days: a plan that is moved keeps its
    identifiers, under a higher revision, so that importing it again moves what was there. It holds no
    personal data. `cree_le` must bear its time zone: raises ValueError otherwise.
    """
    return _ecrire(_marques(plan), f"plan|{cle}", titre, cree_le)


def ics_des_echeances(
    toutes: Iterable[Echeance], *, titre: str, cree_le: datetime, cle: str = ""
) -> bytes:
    """Each clock that has a day, with the texts it rests on and an alarm a month before.

    The same clock of the same `cle` keeps its identifier, whatever its day. Raises ValueError like `ics`.
    """
    return _ecrire(_echeances(toutes), f"echeance|{cle}", titre, cree_le)


def ics_des_seances(seances: Iterable[Seance], *, titre: str, cree_le: datetime) -> bytes:
    """What is at an hour, those cancelled kept as such, so that a calendar takes them off.

    Raises ValueError like `ics`.
    """
    return _calendrier((_seance(une, cree_le.astimezone(UTC)) for une in seances), titre, cree_le)


def ics_des_journees(journees: Iterable[Journee], *, titre: str, cree_le: datetime) -> bytes:
    """What is due on a day, those that no longer are kept as cancelled, so that a calendar takes them off.

    Raises ValueError like `ics`.
    """
    return _calendrier((_journee(une, cree_le.astimezone(UTC)) for une in journees), titre, cree_le)
