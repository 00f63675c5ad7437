"""The rubrics of the site: the links of the header, and of the home page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from django.urls import get_script_prefix, reverse

if TYPE_CHECKING:
    from binome.socle.demande import Demande

RUBRIQUES: Final[tuple[tuple[str, str, str], ...]] = (
    (
        "regles",
        "Les règles",
        "Chaque règle en clair, ce qui a changé, et là où les sources divergent.",
    ),
    (
        "financement",
        "Qui paie",
        "Ce que paie chaque voie de financement, heure par heure, et ce que personne ne sait.",
    ),
    ("missions", "Le métier", "Ce qu’un assistant ou une assistante peut faire, geste par geste."),
    ("organismes", "Organismes", "Où se former, et où personne ne forme."),
    ("chercher", "Chercher", ""),
)
"""Name of the address, title, and what one finds there."""


@dataclass(frozen=True, slots=True)
class Rubrique:
    """A link of the header; `ici` when the page belongs to it."""

    nom: str
    adresse: str
    promesse: str
    ici: bool


def rubriques(demande: Demande) -> list[Rubrique]:
    """The links, with the day of the page."""
    return [
        Rubrique(nom, adresse, promesse, demande.path.startswith(adresse))
        for nom, adresse, promesse in _liens(get_script_prefix())
    ]


@lru_cache(maxsize=64)
def _liens(prefixe: str) -> list[tuple[str, str, str]]:  # noqa: ARG001 - where the site is served: its day
    """Title, address and promise of each, on every page."""
    return [(nom, reverse(adresse), promesse) for adresse, nom, promesse in RUBRIQUES]
