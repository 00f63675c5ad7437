"""Three-valued logic (Kleene): true, false, unknown.

Unknown is `None`. It is neither false nor true: `ou` is true as soon as one branch is,
whatever the others hide; `et` is false as soon as one branch is. The columnar reading relies
on the same tables in SQL and in Polars; `tests/regles/test_logique.py` checks all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

Verite: TypeAlias = bool | None
Issue: TypeAlias = Literal["oui", "non", "sans_objet", "indetermine"]


def et(branches: Iterable[Verite]) -> Verite:
    """Kleene conjunction: false wins, then unknown."""
    inconnu = False
    for branche in branches:
        if branche is False:
            return False
        if branche is None:
            inconnu = True
    return None if inconnu else True


def ou(branches: Iterable[Verite]) -> Verite:
    """Kleene disjunction: true wins, then unknown."""
    inconnu = False
    for branche in branches:
        if branche is True:
            return True
        if branche is None:
            inconnu = True
    return None if inconnu else False


def non(branche: Verite) -> Verite:
    """Kleene negation: unknown stays unknown."""
    return None if branche is None else not branche
