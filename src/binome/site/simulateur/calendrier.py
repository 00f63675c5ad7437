"""The calendar of a path on the result page: what was chosen, the plan, and its picture."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from binome.agenda.jours import JOURS_DE_LA_SEMAINE
from binome.agenda.plan import Plan, plan
from binome.agenda.vacances import CALENDRIERS, ZONES, jours_de_vacances, vacances
from binome.regles.calendrier import MOIS_DE_L_ANNEE, ajouter_mois

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import QueryDict

    from binome.agenda.vacances import Classes
    from binome.regles.metiers.positionnement import Positionnement

SANS_ZONE: Final = "aucune"
RYTHMES: Final = ((0, 1), (1, 2), (3, 4), (0, 3), (1, 3))
SEMAINE: Final = 7


@dataclass(frozen=True, slots=True)
class Choix:
    """One option of a list, and whether it is chosen."""

    code: str
    libelle: str
    choisi: bool


@dataclass(frozen=True, slots=True)
class JourDuMois:
    """A cell of a month: its number, 0 outside the month, and what the day is."""

    quantieme: int
    sorte: str


@dataclass(frozen=True, slots=True)
class Mois:
    """A month, week by week from Monday; `jours` training days."""

    nom: str
    semaines: tuple[tuple[JourDuMois, ...], ...]
    jours: int


@dataclass(frozen=True, slots=True)
class Calendrier:
    """The form as it was filled, and the plan with its picture once a zone is chosen."""

    zones: tuple[Choix, ...]
    rythmes: tuple[Choix, ...]
    plan: Plan | None
    mois: tuple[Mois, ...]


def _zone(code: str) -> Classes | None:
    for zone in CALENDRIERS:
        if zone == code:
            return zone
    return None


def _rythme(code: str) -> tuple[int, int]:
    for un in RYTHMES:
        if f"{un[0]}-{un[1]}" == code:
            return un
    return RYTHMES[0]


def _mois(un: Plan) -> Iterator[Mois]:
    if un.fin is None:
        return
    formation = set(un.jours)
    fermes = jours_de_vacances(un.zone) if un.zone else frozenset()
    premier = un.jours[0].replace(day=1)
    while premier <= un.fin:
        suivant = ajouter_mois(premier, 1)
        cases = [JourDuMois(0, "")] * premier.weekday()
        for rang in range((suivant - premier).days):
            jour = premier + timedelta(days=rang)
            sorte = "repos" if jour.weekday() > 4 else ""
            sorte = "vacances" if jour in fermes else sorte
            cases.append(JourDuMois(rang + 1, "formation" if jour in formation else sorte))
        semaines = tuple(
            tuple(cases[debut : debut + SEMAINE]) for debut in range(0, len(cases), SEMAINE)
        )
        nombre = sum(1 for jour in formation if premier <= jour < suivant)
        nom = f"{MOIS_DE_L_ANNEE[premier.month - 1]} {premier.year}"
        yield Mois(nom, semaines, nombre)
        premier = suivant


def plan_de(reponse: Positionnement, requete: QueryDict) -> Plan | None:
    """The plan for the zone and the days of an address; None without a zone or hours to follow."""
    zone = requete.get("zone", "")
    minutes = reponse.minutes["total"]
    if reponse.au is None or not minutes or (zone not in CALENDRIERS and zone != SANS_ZONE):
        return None
    jury = reponse.conclusion.dossier["date_jury"]
    return plan(
        reponse.au,
        minutes,
        _zone(zone),
        _rythme(requete.get("rythme", "")),
        jury=jury if isinstance(jury, date) else None,
    )


def calendrier(reponse: Positionnement, requete: QueryDict) -> Calendrier | None:
    """The calendar of an answer; None when there is nothing to follow."""
    if reponse.au is None or not reponse.minutes["total"]:
        return None
    zone, rythme = requete.get("zone", ""), _rythme(requete.get("rythme", ""))
    academies = vacances().academies
    zones = [Choix(une, f"Zone {une} : {', '.join(academies[une])}", une == zone) for une in ZONES]
    ailleurs = [
        Choix("la_reunion", "La Réunion", zone == "la_reunion"),
        Choix(SANS_ZONE, "Corse, ailleurs outre-mer, ou je ne sais pas", zone == SANS_ZONE),
    ]
    rythmes = [
        Choix(
            f"{un}-{deux}",
            f"{JOURS_DE_LA_SEMAINE[un]} et {JOURS_DE_LA_SEMAINE[deux]}",
            (un, deux) == rythme,
        )
        for un, deux in RYTHMES
    ]
    retenu = plan_de(reponse, requete)
    mois = tuple(_mois(retenu)) if retenu else ()
    return Calendrier((*zones, *ailleurs), tuple(rythmes), retenu, mois)
