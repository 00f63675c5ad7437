"""The amounts that a view of the base gives: those of its trade, or those that the data write."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from binome.regles.compter import CompteurDeMontants

if TYPE_CHECKING:
    from collections.abc import Mapping

    from binome.regles.base import Base
    from binome.regles.expressions import Expression


@lru_cache(maxsize=64)
def quantites(base: Base) -> Mapping[str, Expression]:
    """Every amount of a view, by name, in an order of evaluation."""
    if base.apport.montants is not None:
        return base.apport.montants(base)
    return {nom: montant.formule for nom, montant in base.montants.items()}


@lru_cache(maxsize=64)
def compteur(base: Base) -> CompteurDeMontants:
    """The amounts of a view, compiled once."""
    return CompteurDeMontants(quantites(base))


def colonne_de(base: Base, nom: str) -> str:
    """The column of a batch that holds an amount."""
    return f"{base.apport.prefixe}{nom}"
