"""A table, a graph or a map of the report: what it said, and how the same is counted today."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from binome.trames.cadres import Trames


class SorteDeTableau(StrEnum):
    """Where today's value comes from: nowhere, the rule base, or what is counted here."""

    STATIQUE = "statique"
    REGLES = "regles"
    VIVANT = "vivant"


class UniteDuRapport(StrEnum):
    """What its figures are; `POUR_CENT` is kept in tenths of a percent."""

    NOMBRE = "nombre"
    POUR_CENT = "pour_cent"
    MINUTES = "minutes"
    TEXTE = "texte"


class SeuilDuRapport(StrEnum):
    """What its figures count, and so under which threshold they are hidden."""

    PERSONNES = "personnes"
    CONTRATS = "contrats"
    ORGANISMES = "organismes"


@dataclass(frozen=True, slots=True)
class LigneDuRapport:
    """A row; `alors` is what the report printed, None where its text gives none."""

    code: str
    dit: str
    alors: int | str | None = None


@dataclass(frozen=True, slots=True)
class CompteDuRapport:
    """What is counted by row on a day: `lus` of `total` said what is asked. Rows that overlap have no sum."""

    valeurs: Mapping[str, int]
    lus: int
    total: int


@dataclass(frozen=True, slots=True)
class TableauDuRapport:
    """One picture. `reference` is its place in the report; `citations`, where the rule base sums the passage up, those of the rule base. `reserve` says what is not the same then and now.

    `compter` reads frames; `rejouer` asks the rule base, in the unit of the table. `sur_lus`: what is counted becomes a
    share of those that are known. `suite`: its rows are years, of which none may be zero without telling anything.
    """

    code: str
    rang: str
    titre: str
    reference: str
    citations: tuple[str, ...]
    sorte: SorteDeTableau
    unite: UniteDuRapport
    lignes: tuple[LigneDuRapport, ...]
    reserve: str = ""
    alors_le: str = "juin 2023"
    seuil: SeuilDuRapport = SeuilDuRapport.PERSONNES
    suite: bool = False
    compter: Callable[[Trames], CompteDuRapport] | None = None
    rejouer: Callable[[], Mapping[str, int]] | None = None
    carte: bool = False
