"""The 101 départements and their regions, as the official division of France has them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

DONNEES: Final = Path(__file__).parent / "donnees"


@dataclass(frozen=True, slots=True)
class Region:
    """A region, by its two-digit official code."""

    code: str
    nom: str


@dataclass(frozen=True, slots=True)
class Departement:
    """A département, metropolitan (`01`, `2A`) or overseas (`971`)."""

    code: str
    nom: str
    region: Region


@cache
def regions() -> Mapping[str, Region]:
    """The eighteen regions by code."""
    return {code: Region(code, nom) for code, nom in _brut()[0].items()}


@cache
def departements() -> Mapping[str, Departement]:
    """The 101 départements by code, in the order of their codes."""
    lus = [Departement(code, nom, regions()[region]) for code, (nom, region) in _brut()[1].items()]
    return {departement.code: departement for departement in lus}


@cache
def _brut() -> tuple[Mapping[str, str], Mapping[str, tuple[str, str]]]:
    brut = json.loads((DONNEES / "departements.json").read_text(encoding="utf-8"))
    return brut["regions"], brut["departements"]
