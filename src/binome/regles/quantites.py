"""The amounts that a view of the base gives: those of its trade, or those that the data write."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from binome.regles.compter import CompteurDeMontants
from binome.regles.expressions import Quantite, operandes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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


@lru_cache(maxsize=64)
def compteur_de(base: Base, nom: str) -> CompteurDeMontants:
    """One amount of a view, and those that it is made of."""
    toutes = quantites(base)
    lues = {nom}
    for un in reversed([*toutes]):  # each is made of those before it
        if un in lues:
            lues |= {n.nom for n in _termes(toutes[un]) if isinstance(n, Quantite)}
    return CompteurDeMontants({un: toutes[un] for un in toutes if un in lues})


def _termes(expression: Expression) -> Iterator[Expression]:
    yield expression
    for operande in operandes(expression):
        yield from _termes(operande)


def colonne_de(base: Base, nom: str) -> str:
    """The column of a batch that holds an amount."""
    return f"{base.apport.prefixe}{nom}"
