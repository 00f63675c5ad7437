"""Amounts as expressions over facts and over what the rules decided.

An amount is an integer (minutes, cents), or unknown. A condition that is not established adds
nothing: exemptions and advantages count only once proven. Each reading evaluates them its own way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Arrondi: TypeAlias = Literal["au_plus_proche", "inferieur", "superieur"]
"""How a quotient becomes an integer: the nearest (a half goes up), the one below, the one above."""


@dataclass(frozen=True, slots=True)
class Constante:
    """A known amount, or None for an unknown one."""

    valeur: int | None


@dataclass(frozen=True, slots=True)
class SiEtabli:
    """The amount when one at least of these rules answers yes, else zero."""

    regles: tuple[str, ...]
    valeur: int


@dataclass(frozen=True, slots=True)
class Quantite:
    """Another amount, computed before."""

    nom: str


@dataclass(frozen=True, slots=True)
class ValeurDuFait:
    """A numeric fact of the dossier; unknown when the fact is."""

    fait: str


@dataclass(frozen=True, slots=True)
class Somme:
    """The sum of its terms."""

    termes: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Produit:
    """The product of its factors."""

    facteurs: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Quotient:
    """A quotient of amounts that are never negative, made an integer by a named rule.

    Unknown when the divisor is zero.
    """

    dividende: Expression
    diviseur: Expression
    arrondi: Arrondi


@dataclass(frozen=True, slots=True)
class PremierConnu:
    """The first of its terms that is known."""

    termes: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Selon:
    """The branch of what a table retained; unknown when the table's answer is unknown."""

    table: str
    cas: tuple[tuple[str, Expression], ...]
    sinon: Expression


Expression: TypeAlias = (
    Constante
    | SiEtabli
    | Quantite
    | ValeurDuFait
    | Somme
    | Produit
    | Quotient
    | PremierConnu
    | Selon
)

INCONNU = Constante(None)


def operandes(expression: Expression) -> tuple[Expression, ...]:
    """The expressions an expression is made of, in reading order."""
    match expression:
        case Somme(termes) | PremierConnu(termes):
            return termes
        case Produit(facteurs):
            return facteurs
        case Quotient(dividende, diviseur, _):
            return dividende, diviseur
        case Selon(_, cas, sinon):
            return (*(un for _, un in cas), sinon)
        case _:
            return ()


def faits_lus(expression: Expression) -> frozenset[str]:
    """The numeric facts that an amount reads."""
    propres = {expression.fait} if isinstance(expression, ValeurDuFait) else ()
    return frozenset(propres).union(*map(faits_lus, operandes(expression)))


def diviser(dividende: int, diviseur: int, arrondi: Arrondi) -> int:
    """A quotient made an integer. Only `+ * //`, so that columns share the definition."""
    match arrondi:
        case "au_plus_proche":
            return (2 * dividende + diviseur) // (2 * diviseur)
        case "inferieur":
            return dividende // diviseur
        case "superieur":
            return (dividende + diviseur - 1) // diviseur
