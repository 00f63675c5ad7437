"""Bank holidays of metropolitan France, computed, and those that a territory adds.

The eleven of the whole country are ours to count (the plan of a training leans on their source).
Those of Alsace-Moselle and of the overseas territories come from the library `holidays`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from binome.regles.sources import Citation, Source

if TYPE_CHECKING:
    from collections.abc import Mapping

SOURCE: Final = Citation(
    Source(
        id="code-travail",
        court="Code du travail",
        titre="Code du travail",
        editeur="Légifrance",
        date="version en vigueur au 17 septembre 2024",
        adresse="https://www.legifrance.gouv.fr/codes/id/LEGISCTA000033008129/",
        consulte_le="2026-11-22",
        fiabilite="officiel",
        passages={"article L3133-1": "Les onze jours qui sont des fêtes légales."},
    ),
    "article L3133-1",
)

_FIXES: Final = {
    (1, 1): "1er janvier",
    (5, 1): "1er mai",
    (5, 8): "8 mai 1945",
    (7, 14): "14 juillet",
    (8, 15): "Assomption",
    (11, 1): "Toussaint",
    (11, 11): "11 novembre 1918",
    (12, 25): "jour de Noël",
}
_APRES_PAQUES: Final = {1: "lundi de Pâques", 39: "Ascension", 50: "lundi de Pentecôte"}


def paques(annee: int) -> date:
    """Easter Sunday of a Gregorian year (the anonymous algorithm, as Meeus prints it)."""
    cycle = annee % 19
    siecle, rang = divmod(annee, 100)
    correction = siecle - siecle // 4 - (siecle - (siecle + 8) // 25 + 1) // 3
    epacte = (19 * cycle + correction + 15) % 30
    semaine = (32 + 2 * (siecle % 4) + 2 * (rang // 4) - epacte - rang % 4) % 7
    recul = (cycle + 11 * epacte + 22 * semaine) // 451
    mois, jour = divmod(epacte + semaine - 7 * recul + 114, 31)
    return date(annee, mois, jour + 1)


@cache
def jours_feries(annee: int) -> Mapping[date, str]:
    """The eleven bank holidays of a year and their names, in order (code du travail, L3133-1).

    Two may fall on the same day (Ascension on 8 May 2059): that day then bears one name.
    """
    dimanche = paques(annee)
    jours = {date(annee, mois, jour): nom for (mois, jour), nom in _FIXES.items()}
    jours |= {dimanche + timedelta(days=rang): nom for rang, nom in _APRES_PAQUES.items()}
    return MappingProxyType(dict(sorted(jours.items())))


def ascension(annee: int) -> date:
    """Ascension Day, a Thursday."""
    return paques(annee) + timedelta(days=39)


LOCAUX: Final = {
    "alsace_moselle": "57",
    "guadeloupe": "971",
    "martinique": "972",
    "guyane": "973",
    "la_reunion": "974",
    "mayotte": "976",
    "saint_barthelemy": "BL",
    "saint_martin": "MF",
    "saint_pierre_et_miquelon": "PM",
}
"""The territories that have days of their own, by the code that the library gives them."""
DE_DROIT: Final = frozenset({"Abolition de l'esclavage", "Saint-Étienne"})
"""The local days that no place of the territory works by law; the others depend on the place or on custom."""


@dataclass(frozen=True, slots=True)
class Ferie:
    """A day off, by its name; `a_confirmer` where the place, or a custom, decides."""

    nom: str
    a_confirmer: bool = False


@cache
def jours_feries_locaux(annee: int, territoire: str) -> Mapping[date, Ferie]:
    """The days off of a territory in a year; the country's alone where the territory adds none.

    Sources of the local ones: code du travail, L3134-13 (Alsace and Moselle) and L3422-2 (overseas), by the library.
    """
    communs = {jour: Ferie(nom) for jour, nom in jours_feries(annee).items()}
    if territoire not in LOCAUX:
        return MappingProxyType(communs)
    from holidays import country_holidays  # noqa: PLC0415 - only paid for by these territories

    tous = country_holidays("FR", LOCAUX[territoire], years=annee, language="fr")
    locaux = {
        jour: Ferie(nom.replace("'", "’"), a_confirmer=nom not in DE_DROIT)
        for jour, nom in tous.items()
        if jour not in communs
    }
    return MappingProxyType(dict(sorted((communs | locaux).items())))


def dernier_jour_ouvre(jour: date, territoire: str = "") -> date:
    """The day itself, or the last one before it that is neither a week-end nor a day off."""
    while jour.weekday() > 4 or jour in jours_feries_locaux(jour.year, territoire):
        jour -= timedelta(days=1)
    return jour
