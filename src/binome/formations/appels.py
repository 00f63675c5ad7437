"""What the branch's call of 2020 asked of who trains, as a source tells it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from binome.formations.lecture import sources
from binome.formations.territoires import DONNEES
from binome.regles.lecture import dans, lire_yaml
from binome.regles.sources import lire_citation

if TYPE_CHECKING:
    from binome.regles.sources import Citation


@dataclass(frozen=True, slots=True)
class AppelConnu:
    """Whole years of practice, whether trained to train, and a percentage of health professionals.

    `presence` says in words what was rather taught in presence, `blocs` which ones by number.
    """

    annees: int
    formation_de_formateur: bool
    part_de_soignants: int
    sources: tuple[Citation, ...]
    presence: str
    blocs: tuple[int, ...]
    sources_de_la_presence: tuple[Citation, ...]


@cache
def appel_de_2020() -> AppelConnu:
    """The call that the report of 2023 tells of. Raises BaseInvalide."""
    with dans("appel de 2020"):
        brut = lire_yaml(DONNEES / "appel_de_2020.yaml")
        presence = brut["presence_preferee"]
        return AppelConnu(
            brut["annees"],
            brut["formation_de_formateur"],
            brut["part_de_soignants"],
            tuple(lire_citation(une, sources()) for une in brut["sources"]),
            presence["note"],
            tuple(presence["blocs"]),
            tuple(lire_citation(une, sources()) for une in presence["sources"]),
        )
