"""The minutes that paths prove between two days, slot by slot, for thousands of them: few queries, whatever their number.

The rule is that of `presences.prouvees`: never more minutes for a person than the clock ran. It is asked only of who has two
presences at the same hours: for the others it gives what each presence says.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q
from django.utils import timezone

from binome.agenda.territoires import fuseau_du_departement
from binome.parcours.models import Parcours
from binome.presences.etats import EtatDePresence, NatureDePresence
from binome.presences.models import Presence
from binome.presences.prouvees import prouvees
from binome.sessions.etats import EtatDeCreneau, ModaliteDeCreneau
from binome.sessions.models import Creneau
from binome.sessions.programme import intitules

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

MARGE: Final = timedelta(days=1)
"""A slot of an overseas site begins on another day of the server's clock."""
LOT: Final = 5_000
"""Slots of one query."""


@dataclass(frozen=True, slots=True)
class CreneauProuve:
    """A slot that a path proves: its number, its day by the clock of its site, its minutes; whether it is an épreuve."""

    creneau: int
    jour: date
    minutes: int
    epreuve: bool


@dataclass(frozen=True, slots=True)
class _Tenu:
    """A slot that froze: its instants, its day by the clock of its site."""

    numero: int
    debut: datetime
    fin: datetime
    jour: date
    distance: bool
    epreuve: bool


@dataclass(frozen=True, slots=True)
class _Lue:
    """A presence that proves something, as it was read."""

    numero: int
    parcours: int
    minutes: int
    debut: datetime
    fin: datetime
    distance: bool
    prouve: CreneauProuve


@cache
def _fuseau(departement: str) -> ZoneInfo:
    return fuseau_du_departement(departement)


def prouve_entre(parcours: Collection[int], du: date, au: date) -> dict[int, list[CreneauProuve]]:
    """The slots of frozen days that each path proves, by path, in the order of the days; both days are included."""
    qui = _personnes(parcours)
    lues = _lues(qui, du, au)
    par_personne: defaultdict[object, list[_Lue]] = defaultdict(list)
    for une in lues:
        if not une.distance:
            par_personne[qui[une.parcours]].append(une)
    ensemble = [
        une for siennes in par_personne.values() if _se_croisent(siennes) for une in siennes
    ]
    comptees = _comptees([une.numero for une in ensemble])
    voulus = set(parcours)
    rendus: defaultdict[int, list[CreneauProuve]] = defaultdict(list)
    for une in lues:
        if une.parcours not in voulus or not du <= une.prouve.jour <= au:
            continue
        minutes = comptees.get(une.numero, une.minutes)
        if minutes:
            siens = une.prouve
            rendus[une.parcours].append(
                siens if minutes == siens.minutes
                else CreneauProuve(siens.creneau, siens.jour, minutes, siens.epreuve)
            )  # fmt: skip
    return dict(rendus)


def _personnes(parcours: Collection[int]) -> dict[int, object]:
    """Who follows each path, and the other paths of the same people: an account is one person, whatever the number of their dossiers."""
    lus = Parcours.objects.filter(pk__in=parcours).order_by()
    candidats: set[int] = set()
    dossiers: set[int] = set()
    for dossier, candidat in lus.values_list("dossier", "dossier__candidat"):
        # Nobody may have an account yet, which the types of a join do not say.
        if candidat:
            candidats.add(candidat)
        else:
            dossiers.add(dossier)
    autres = Parcours.objects.filter(Q(dossier__candidat__in=candidats) | Q(dossier__in=dossiers))
    qui: dict[int, object] = {}
    for numero, dossier, candidat in autres.order_by().values_list(
        "pk", "dossier", "dossier__candidat"
    ):
        qui[numero] = ("personne", candidat) if candidat else ("dossier", dossier)
    return qui


def _lues(qui: Mapping[int, object], du: date, au: date) -> list[_Lue]:
    """What proves something; the slots are read once each, however many people followed them."""
    de = timezone.make_aware(datetime.combine(du, time.min)) - MARGE
    a = timezone.make_aware(datetime.combine(au, time.max)) + MARGE
    presences = Presence.objects.filter(
        parcours__in=qui,
        etat=EtatDePresence.EN_VIGUEUR,
        nature=NatureDePresence.PRESENT,
        signee=True,
        creneau__etat=EtatDeCreneau.GELE,
        creneau__debut__gte=de,
        creneau__debut__lte=a,
    ).order_by("creneau__debut", "pk")
    lues = list(presences.values_list("pk", "parcours", "minutes", "retard", "avance", "creneau"))
    creneaux = _creneaux({une[-1] for une in lues})
    return [_lue(*une[:-1], creneaux[une[-1]]) for une in lues]


def _creneaux(numeros: Iterable[int]) -> dict[int, _Tenu]:
    """The slots of these numbers."""
    voulus, tenus = sorted(numeros), {}
    for depart in range(0, len(voulus), LOT):
        lus = Creneau.objects.filter(pk__in=voulus[depart : depart + LOT]).order_by()
        for numero, debut, fin, modalite, module, certification, referentiel, departement in lus.values_list(
            "pk", "debut", "fin", "modalite", "module", "session__certification", "session__referentiel",
            "session__site__departement",
        ):  # fmt: skip
            tenus[numero] = _Tenu(
                numero, debut, fin, debut.astimezone(_fuseau(departement)).date(),
                modalite == ModaliteDeCreneau.A_DISTANCE,
                module in intitules(certification, referentiel).epreuves,
            )  # fmt: skip
    return tenus


def _lue(numero: int, parcours: int, minutes: int, retard: int, avance: int, un: _Tenu) -> _Lue:
    de = un.debut + timedelta(minutes=retard) if retard else un.debut
    a = max(de, un.fin - timedelta(minutes=avance)) if avance else un.fin
    comptent = minutes if un.distance else min(minutes, int((a - de).total_seconds()) // 60)
    prouve = CreneauProuve(un.numero, un.jour, comptent, un.epreuve)
    return _Lue(numero, parcours, comptent, de, a, un.distance, prouve)


def _se_croisent(siennes: Sequence[_Lue]) -> bool:
    """Whether two of a person's presences are at the same hours; they come in the order of their slots."""
    jusque: Any = None
    for une in sorted(siennes, key=lambda lue: lue.debut):
        if jusque is not None and une.debut < jusque:
            return True
        jusque = une.fin if jusque is None else max(jusque, une.fin)
    return False


def _comptees(numeros: Iterable[int]) -> dict[int, int]:
    """What the rule of presences counts of these."""
    voulues = list(numeros)
    if not voulues:
        return {}
    presences = Presence.objects.filter(pk__in=voulues).select_related(
        "creneau__session__site", "parcours__dossier"
    )
    comptees = prouvees(presences.order_by("pk"))
    return {numero: un.minutes for numero, un in comptees.items()}
