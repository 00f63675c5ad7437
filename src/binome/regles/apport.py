"""What a trade brings to the language: its effects, its amounts, its checks, what it holds for better.

The language reads, decides, says and counts without knowing what it speaks of. A trade (hours, say)
hands it an `Apport` for the view that it serves; a view without one has the effects and the amounts
that its data write.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from binome.regles.basculer import Juge
    from binome.regles.base import Base, Levier
    from binome.regles.expressions import Expression
    from binome.regles.faits import Dossier, Valeur
    from binome.regles.referentiels import Referentiel
    from binome.regles.regle import EffetDeMetier

LireUnEffet: TypeAlias = "Callable[[object, Mapping[str, Referentiel]], EffetDeMetier | None]"
"""Reads what stands under the name of an effect; None when it is not written as it should."""
Tirer: TypeAlias = "Callable[[Levier, Dossier], Iterator[Mapping[str, Valeur]]]"
"""What a lever can set, from the nearest to the farthest."""
Croiser: TypeAlias = "Callable[[Base], Mapping[str, Sequence[Valeur | None]]]"
"""Facts whose values the boundary grid crosses with every moment."""


def _rien_a_croiser(base: Base) -> Mapping[str, Sequence[Valeur | None]]:  # noqa: ARG001 - called so
    return {}


def _aucune_faute(base: Base) -> Iterable[str]:  # noqa: ARG001 - called so
    return ()


@dataclass(frozen=True, slots=True)
class Apport:
    """What a trade brings to one view.

    `effets` reads its effects by their name; `montants` writes its amounts, those of the data when
    None; `prefixe` begins the name of their columns, and `etroit` says that 32 bits hold them.
    `fautes` are its load checks, on the whole base. `juge` grades its answers, `leviers` pulls the
    levers of its own modes, `croiser` widens the boundary grid.
    """

    vue: str
    effets: Mapping[str, LireUnEffet] = field(default_factory=dict)
    montants: Callable[[Base], Mapping[str, Expression]] | None = None
    prefixe: str = ""
    etroit: bool = False
    fautes: Callable[[Base], Iterable[str]] = _aucune_faute
    juge: Callable[[Base], Juge] | None = None
    leviers: Mapping[str, Tirer] = field(default_factory=dict)
    croiser: Croiser = _rien_a_croiser


SANS_APPORT: Final = Apport("")
"""For a view whose data say everything."""
