"""The amounts that a view of the base gives: hours for the positioning, the written ones elsewhere."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from binome.regles.compter import Compteur
from binome.regles.heures import heures
from binome.regles.regle import POSITIONNEMENT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from binome.regles.base import Base
    from binome.regles.expressions import Expression


@lru_cache(maxsize=64)
def quantites(base: Base) -> Mapping[str, Expression]:
    """Every amount of a view, by name, in an order of evaluation."""
    if base.question.nom == POSITIONNEMENT:
        return heures(base)
    return {nom: montant.formule for nom, montant in base.montants.items()}


@lru_cache(maxsize=64)
def compteur(base: Base) -> Compteur:
    """The amounts of a view, compiled once."""
    return Compteur(quantites(base))


def colonne_de(base: Base, nom: str) -> str:
    """The column of a batch that holds an amount."""
    return f"minutes_{nom}" if base.question.nom == POSITIONNEMENT else nom
