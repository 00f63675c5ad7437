"""School holidays of zones A, B and C, as the Ministry of Education publishes them.

What the data does not hold (other years, Corsica, overseas) is unknown, never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from binome.regles.lecture import dans, lire_yaml
from binome.regles.sources import Citation, Source

if TYPE_CHECKING:
    from collections.abc import Mapping

Zone: TypeAlias = Literal["A", "B", "C"]
ZONES: Final[tuple[Zone, ...]] = ("A", "B", "C")
_FICHIER: Final = Path(__file__).parent / "donnees" / "vacances.yaml"


@dataclass(frozen=True, slots=True)
class Periode:
    """School holidays, from the first day without class to the eve of the return, both included."""

    nom: str
    du: date
    au: date
    zones: tuple[Zone, ...]


@dataclass(frozen=True, slots=True)
class Vacances:
    """All that is known, between `du` and `au` included, with its source."""

    du: date
    au: date
    periodes: tuple[Periode, ...]
    academies: Mapping[Zone, tuple[str, ...]]
    source: Citation


def _citation(brut: Mapping[str, Any]) -> Citation:
    source = Source(**{**brut, "consulte_le": str(brut["consulte_le"])})
    return Citation(source, next(iter(source.passages)))


@cache
def vacances() -> Vacances:
    """The school holidays that Binôme knows. Raises BaseInvalide when the file is malformed."""
    brut = lire_yaml(_FICHIER)
    with dans(_FICHIER.name):
        return Vacances(
            du=brut["connues"]["du"],
            au=brut["connues"]["au"],
            periodes=tuple(
                Periode(une["nom"], une["du"], une["au"], tuple(une["zones"]))
                for une in brut["periodes"]
            ),
            academies=MappingProxyType(
                {zone: tuple(brut["academies"][zone]) for zone in ZONES},
            ),
            source=_citation(brut["source"]),
        )


def periodes(zone: Zone, du: date, au: date) -> tuple[Periode, ...]:
    """The holidays of a zone that touch the days from `du` to `au`, both included, in order."""
    return tuple(
        une for une in vacances().periodes if zone in une.zones and une.du <= au and du <= une.au
    )


@cache
def jours_de_vacances(zone: Zone) -> frozenset[date]:
    """Every day of holidays that is known for a zone."""
    return frozenset(
        une.du + timedelta(days=rang)
        for une in vacances().periodes
        if zone in une.zones
        for rang in range((une.au - une.du).days + 1)
    )
