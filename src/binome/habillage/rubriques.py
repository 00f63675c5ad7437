"""The rubrics of the site: the links of the header, and of the home page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.urls import reverse

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
    liens = []
    for nom_d_adresse, nom, promesse in RUBRIQUES:
        adresse = reverse(nom_d_adresse)
        liens.append(Rubrique(nom, adresse, promesse, demande.path.startswith(adresse)))
    return liens
