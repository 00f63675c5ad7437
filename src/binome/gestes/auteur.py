"""Who carries a gesture out: a person, or the house by a rule of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from binome.comptes.acteur import Acteur
from binome.journal.services import SYSTEME

MAISON: Final = "maison"
"""The side of what the house does by itself: a term that is over, an erasure that was asked for."""


@dataclass(frozen=True)
class Maison:
    """The house; `nom_au_journal` is who asked it to, where somebody did."""

    nom_au_journal: str = SYSTEME


Auteur = Acteur | Maison


def personne(auteur: Auteur) -> Acteur:
    """The person who acts. Raises TypeError where the house does: the table lets it do no such gesture."""
    if isinstance(auteur, Maison):
        raise TypeError("une personne seule fait ce geste")
    return auteur
