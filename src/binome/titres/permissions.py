"""Who may do what of what is delivered: its branch's people who organise juries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from binome.comptes.acteur import Acteur
    from binome.titres.models import Titre

BRANCHE: Final = "branche"
"""The side of those who deliver."""


def cotes_de_titre(acteur: Acteur, titre: Titre) -> frozenset[str]:
    """The side of a person on a title."""
    return (
        frozenset({BRANCHE}) if titre.emetteur_id in acteur.organisations("jury") else frozenset()
    )
