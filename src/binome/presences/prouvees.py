"""The minutes that presences prove: never more, for one person, than the clock ran.

Where two presences of a person overlap, the minutes stay with the slot that proves them since longest, so that what was
already sealed or billed does not change, and the other counts only what does not overlap.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Q

from binome.presences.etats import EtatDePresence, NatureDePresence
from binome.presences.models import Presence
from binome.regles.calendrier import date_en_clair, duree_en_clair
from binome.sessions.etats import EtatDeCreneau, ModaliteDeCreneau
from binome.sessions.horloge import dire_l_heure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from binome.sessions.models import Creneau

UNE_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Tenue:
    """A presence as it counts, or a part of it of the same number: who, between which instants; `rang` says which counts first.

    `minutes` are those of the whole presence.
    """

    numero: int
    qui: object
    rang: tuple[object, ...]
    debut: datetime
    fin: datetime
    minutes: int


@dataclass(frozen=True, slots=True)
class Comptee:
    """The minutes that a presence proves, and the slots whose minutes it does not count again."""

    minutes: int = 0
    en_double: int = 0
    avec: tuple[Creneau, ...] = ()


RIEN = Comptee()


def partager(tenues: Iterable[Tenue]) -> dict[int, tuple[int, tuple[int, ...]]]:
    """The minutes of each presence, by its number, and the numbers of those that it overlaps and that count before it.

    Whatever the order they come in. For one person, never more in all than the union of their instants.
    """
    par_personne: defaultdict[object, list[Tenue]] = defaultdict(list)
    for une in tenues:
        par_personne[une.qui].append(une)
    libres: defaultdict[int, timedelta] = defaultdict(timedelta)
    avec: defaultdict[int, dict[int, None]] = defaultdict(dict)
    minutes: dict[int, int] = {}
    for siennes in par_personne.values():
        siennes.sort(key=lambda une: une.rang)
        for place, une in enumerate(siennes):
            avant = [
                autre
                for autre in siennes[:place]
                if autre.numero != une.numero
                and autre.debut < une.fin
                and autre.fin > une.debut
                and autre.minutes
            ]
            minutes[une.numero] = une.minutes
            libres[une.numero] += _libre(une, avant)
            avec[une.numero] |= dict.fromkeys(autre.numero for autre in avant)
    return {
        un: (min(siennes, libres[un] // UNE_MINUTE), tuple(avec[un]))
        for un, siennes in minutes.items()
    }


def _libre(une: Tenue, avant: Sequence[Tenue]) -> timedelta:
    """How long between its instants none of the others holds."""
    libre, jusque = timedelta(), une.debut
    for autre in sorted(avant, key=lambda un: un.debut):
        libre += max(timedelta(), autre.debut - jusque)
        jusque = max(jusque, autre.fin)
    return libre + max(timedelta(), une.fin - jusque)


def prouvees(presences: Iterable[Presence]) -> dict[int, Comptee]:
    """What presences prove, by number, in one query more; each read with its slot, the site of its session and its dossier.

    Nothing for what is not counter-signed, not signed, or said again since. Without a timetable, what was credited counts: it is
    followed at no hour that could be another's.
    """
    toutes = [une for une in presences if _prouve(une)]
    comptees = {
        une.pk: Comptee(une.minutes)
        for une in toutes
        if une.creneau.modalite == ModaliteDeCreneau.A_DISTANCE
    }
    a_l_heure = [une for une in toutes if une.pk not in comptees]
    if not a_l_heure:
        return comptees
    lues = {une.pk: une for une in (*_aux_memes_heures(a_l_heure), *a_l_heure)}
    partage = partager(part for une in lues.values() if _prouve(une) for part in _parts(une, lues))
    for une in a_l_heure:
        minutes, avec = partage[une.pk]
        double = une.minutes - minutes
        autres = tuple(lues[un].creneau for un in avec) if double else ()
        comptees[une.pk] = Comptee(minutes, double, autres)
    return comptees


def minutes_prouvees(presences: Iterable[Presence]) -> int:
    """The sum of what presences prove."""
    return sum(une.minutes for une in prouvees(presences).values())


def _prouve(une: Presence) -> bool:
    gele = une.creneau.etat == EtatDeCreneau.GELE
    return une.etat == EtatDePresence.EN_VIGUEUR and gele and _prouvait(une)


def _prouvait(une: Presence) -> bool:
    """Whether it proves something while it holds."""
    return une.nature == NatureDePresence.PRESENT and une.signee


def _personne(une: Presence) -> tuple[str, int]:
    """Who followed: an account is one person, whatever the number of their dossiers."""
    dossier = une.parcours.dossier
    return ("personne", dossier.candidat_id) if dossier.candidat_id else ("dossier", dossier.pk)


def _instants(une: Presence) -> tuple[datetime, datetime]:
    creneau = une.creneau
    debut = creneau.debut + timedelta(minutes=une.retard)
    return debut, max(debut, creneau.fin - timedelta(minutes=une.avance))


def _parts(une: Presence, lues: Mapping[int, Presence]) -> Iterator[Tenue]:
    """Its instants, each since when it is proven without a break: what a correction adds comes after what was proven then."""
    (debut, fin), dite = _instants(une), une
    while True:
        avant = lues.get(dite.remplace_id or 0)
        de, a = _instants(avant) if avant is not None and _prouvait(avant) else (fin, fin)
        de, a = max(debut, de), min(fin, a)
        if avant is None or a <= de:
            yield _part(une, dite, debut, fin)
            return
        if debut < de:
            yield _part(une, dite, debut, de)
        if a < fin:
            yield _part(une, dite, a, fin)
        debut, fin, dite = de, a, avant


def _part(une: Presence, dite: Presence, debut: datetime, fin: datetime) -> Tenue:
    """What holds between two instants since something was said: a correction, or else the counter-signature of the slot."""
    depuis = dite.dite_le if dite.remplace_id else une.creneau.gele_le
    rang = (depuis, une.creneau.debut, une.creneau.pk, une.pk, debut)
    return Tenue(une.pk, _personne(une), rang, debut, fin, une.minutes)


def _aux_memes_heures(presences: Sequence[Presence]) -> list[Presence]:
    """What else was said of these people between the first hour and the last, and holds or held."""
    qui: defaultdict[str, set[int]] = defaultdict(set)
    for une in presences:
        genre, numero = _personne(une)
        qui[genre].add(numero)
    leurs = Q(parcours__dossier__candidat__in=qui["personne"]) | Q(
        parcours__dossier__in=qui["dossier"]
    )
    return list(
        Presence.objects.filter(
            leurs,
            etat__in=(EtatDePresence.EN_VIGUEUR, EtatDePresence.REMPLACEE),
            creneau__etat=EtatDeCreneau.GELE,
            creneau__debut__lt=max(une.creneau.fin for une in presences),
            creneau__fin__gt=min(une.creneau.debut for une in presences),
        )
        .exclude(creneau__modalite=ModaliteDeCreneau.A_DISTANCE)
        .exclude(pk__in=[une.pk for une in presences])
        .select_related("creneau__session__site", "parcours__dossier")
        .order_by("pk")
    )


def dire_le_double(creneau: Creneau, comptee: Comptee) -> str:
    """Which minutes of a slot do not count, where the person also was, and what to do; empty when all count.

    Where somebody trains with another organisation is not told: the hours are.
    """
    if not comptee.en_double:
        return ""
    ailleurs = " et ".join(_ou(un, creneau) for un in comptee.avec)
    ne_comptent = "ne comptent" if comptee.en_double > 1 else "ne compte"
    return (
        f"{duree_en_clair(comptee.en_double)} {ne_comptent} pas ici : la présence est déjà comptée {ailleurs}. "
        "Si l’une des deux n’a pas eu lieu, elle se corrige : l’autre compte alors en entier."
    )


def _ou(un: Creneau, ici: Creneau) -> str:
    fuseau = un.session.site.fuseau
    jour = date_en_clair(un.debut.astimezone(fuseau).date())
    heures = f"de {dire_l_heure(un.debut, fuseau)} à {dire_l_heure(un.fin, fuseau)}"
    chez = (
        f"à {un.session.site.nom}"
        if un.session.organisme_id == ici.session.organisme_id
        else "dans un autre organisme"
    )
    return f"le {jour}, {heures}, {chez}"
