"""School holidays, as the Ministry of Education publishes them: zones A, B and C, then La Réunion.

What the data does not hold (other years, Corsica, the other overseas territories) is unknown, never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from binome.regles.calendrier import date_en_clair
from binome.regles.lecture import dans, lire_yaml
from binome.regles.sources import Citation, Source

if TYPE_CHECKING:
    from collections.abc import Mapping

Zone: TypeAlias = Literal["A", "B", "C"]
Classes: TypeAlias = Literal["A", "B", "C", "la_reunion"]
"""A calendar of classes: a zone of metropolitan France, or an academy that has its own."""
ZONES: Final[tuple[Zone, ...]] = ("A", "B", "C")
CALENDRIERS: Final[tuple[Classes, ...]] = (*ZONES, "la_reunion")
PLUS_TARD: Final = "elles ne sont pas retirées, et la fin viendra plus tard"
_DONNEES: Final = Path(__file__).parent / "donnees"
_FICHIERS: Final = {"la_reunion": "vacances_la_reunion.yaml"}
_DES_ZONES: Final = "vacances.yaml"


@dataclass(frozen=True, slots=True)
class Periode:
    """School holidays, from the first day without class to the eve of the return, both included."""

    nom: str
    du: date
    au: date
    zones: tuple[Classes, ...]


@dataclass(frozen=True, slots=True)
class Vacances:
    """All that a file knows, between `du` and `au` included, with its source.

    `academies` names those of each calendar, with their départements.
    """

    du: date
    au: date
    periodes: tuple[Periode, ...]
    academies: Mapping[str, Mapping[str, tuple[str, ...]]]
    source: Citation

    @property
    def avant(self) -> str:
        """What is to be known of a training that begins before them."""
        return (
            f"Nous ne connaissons pas les vacances scolaires d’avant le {date_en_clair(self.du)} : "
            "avant ce jour, elles ne sont pas retirées."
        )

    @property
    def apres(self) -> str:
        """What is to be known of a training that ends after them."""
        return (
            f"Les vacances scolaires ne sont connues que jusqu’au {date_en_clair(self.au)} : "
            f"après ce jour, {PLUS_TARD}."
        )


def _citation(brut: Mapping[str, Any]) -> Citation:
    source = Source(**{**brut, "consulte_le": str(brut["consulte_le"])})
    return Citation(source, next(iter(source.passages)))


def vacances(classes: Classes = "A") -> Vacances:
    """The school holidays that Binôme knows for a calendar. Raises BaseInvalide when its file is malformed."""
    return _lire(_FICHIERS.get(classes, _DES_ZONES))


@cache
def _lire(fichier: str) -> Vacances:
    brut = lire_yaml(_DONNEES / fichier)
    with dans(fichier):
        academies = {
            classes: MappingProxyType({nom: tuple(codes) for nom, codes in toutes.items()})
            for classes, toutes in brut["academies"].items()
        }
        return Vacances(
            du=brut["connues"]["du"],
            au=brut["connues"]["au"],
            periodes=tuple(
                Periode(une["nom"], une["du"], une["au"], tuple(une["zones"]))
                for une in brut["periodes"]
            ),
            academies=MappingProxyType(academies),
            source=_citation(brut["source"]),
        )


@cache
def classes_du_departement(code: str) -> Classes | None:
    """The calendar of classes of a département; None where we do not know it."""
    for classes in CALENDRIERS:
        if any(code in codes for codes in vacances(classes).academies[classes].values()):
            return classes
    return None


def periodes(classes: Classes, du: date, au: date) -> tuple[Periode, ...]:
    """The holidays of a calendar that touch the days from `du` to `au`, both included, in order."""
    return tuple(
        une
        for une in vacances(classes).periodes
        if classes in une.zones and une.du <= au and du <= une.au
    )


@cache
def vacances_par_jour(classes: Classes) -> Mapping[date, str]:
    """Every day of holidays that is known for a calendar, with the name of its holidays."""
    return MappingProxyType(
        {
            une.du + timedelta(days=rang): une.nom
            for une in vacances(classes).periodes
            if classes in une.zones
            for rang in range((une.au - une.du).days + 1)
        }
    )


@cache
def jours_de_vacances(classes: Classes) -> frozenset[date]:
    """Every day of holidays that is known for a calendar."""
    return frozenset(vacances_par_jour(classes))
