"""Amounts as expressions over what the rules decided; each reading evaluates them its own way.

An amount is an integer (minutes, later cents), or unknown. A condition that is not established
adds nothing: exemptions and advantages count only once proven.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


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
class Somme:
    """The sum of its terms."""

    termes: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Selon:
    """The branch of what a table retained; unknown when the table's answer is unknown."""

    table: str
    cas: tuple[tuple[str, Expression], ...]
    sinon: Expression


Expression: TypeAlias = Constante | SiEtabli | Quantite | Somme | Selon
