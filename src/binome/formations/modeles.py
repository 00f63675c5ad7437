"""What Binôme knows of a training organisation: typed, sourced, silent on what is unknown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from binome.formations.territoires import Departement, Region
    from binome.regles.sources import Citation

Modalite: TypeAlias = Literal["presentiel", "distance", "inconnue"]
MODALITES: Final[Mapping[Modalite, str]] = {
    "presentiel": "en présence",
    "distance": "à distance",
    "inconnue": "nous ne savons pas",
}
StatutHabilitation: TypeAlias = Literal["liste-2020", "page-publiee"]
HABILITATIONS: Final[Mapping[StatutHabilitation, str]] = {
    "liste-2020": "Retenu en 2020, avec une convention jusqu’en décembre 2023. Pour la suite, nous ne savons pas.",
    "page-publiee": "Présente lui-même le CQP. Nous en déduisons qu’il est habilité, sans avoir lu la liste de la branche.",
}


@dataclass(frozen=True, slots=True)
class Enonce:
    """One sentence about an organisation, with the passages that say it."""

    texte: str
    sources: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Site:
    """A place where an organisation teaches; at the least its region is known."""

    ville: str | None
    departement: Departement | None
    region: Region
    reserve: str
    sources: tuple[Citation, ...]

    @property
    def lieu(self) -> str:
        """The place for a reader; says when the town is unknown."""
        aire = self.departement.nom if self.departement else self.region.nom
        return f"{self.ville}, {aire}" if self.ville else f"{aire} (ville : nous ne savons pas)"


@dataclass(frozen=True, slots=True)
class Habilitation:
    """How we know that an organisation prepares the CQP, and for which référentiels (ids)."""

    statut: StatutHabilitation
    referentiels: tuple[str, ...]
    sources: tuple[Citation, ...]

    @property
    def phrase(self) -> str:
        """The status in one or two sentences for a reader."""
        return HABILITATIONS[self.statut]


@dataclass(frozen=True, slots=True)
class Organisme:
    """A training organisation. `sites` holds those a source names: there may be others."""

    slug: str
    nom: str
    nom_complet: str
    habilitation: Habilitation
    modalite: Modalite
    sources_modalite: tuple[Citation, ...]
    remarques: tuple[Enonce, ...]
    sites: tuple[Site, ...]

    @property
    def sources(self) -> tuple[Citation, ...]:
        """Every passage that speaks of the organisation, each once, in reading order."""
        toutes = [*self.habilitation.sources, *self.sources_modalite]
        for remarque in self.remarques:
            toutes += remarque.sources
        for site in self.sites:
            toutes += site.sources
        return tuple({str(citation): citation for citation in toutes}.values())


@dataclass(frozen=True, slots=True)
class ZoneMalCouverte:
    """A zone where IGAS found too few organisations in 2023.

    `departements` is empty when the report's words follow no administrative limit: the zone is
    then told by its region, and no département is chosen in its stead.
    """

    nom: str
    regions: tuple[Region, ...]
    departements: tuple[Departement, ...]
    note: str
    sources: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Dispositif:
    """How many organisations the scheme has in all, by the branch's own page."""

    nombre: int
    date: str
    sources: tuple[Citation, ...]
