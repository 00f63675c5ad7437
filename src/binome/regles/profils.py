"""The profiles that the sources publish, with the duration they print."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from binome.regles.calendrier import lire_duree
from binome.regles.courante import base_courante, donnees_de
from binome.regles.lecture import lire_yaml
from binome.regles.sources import lire_citation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from binome.regles.sources import Citation


@dataclass(frozen=True, slots=True)
class Profil:
    """A published profile: a dossier, and the minutes its source prints."""

    nom: str
    objet: Mapping[str, Any]
    publie: int


@dataclass(frozen=True, slots=True)
class Serie:
    """Profiles published together."""

    titre: str
    source: Citation
    profils: tuple[Profil, ...]


def _objet(brut: Mapping[str, Any]) -> dict[str, Any]:
    return {cle: v.isoformat() if isinstance(v, date) else v for cle, v in brut.items()}


@cache
def series() -> tuple[Serie, ...]:
    """Every published profile, by series."""
    sources = base_courante().sources
    return tuple(
        Serie(
            brut["titre"],
            lire_citation(brut["source"], sources),
            tuple(
                Profil(un["nom"], _objet(un["dossier"]), lire_duree(un["publie"]))
                for un in brut["profils"]
            ),
        )
        for brut in lire_yaml(donnees_de() / "profils.yaml")
    )
