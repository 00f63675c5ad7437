"""Three-valued logic (Kleene): true, false, unknown.

Unknown is `None`. It is neither false nor true: `ou` is true as soon as one branch is,
whatever the others hide; `et` is false as soon as one branch is. The columnar reading relies
on the same tables in SQL and in Polars; `tests/regles/test_logique.py` checks all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Collection

Verite: TypeAlias = bool | None
Issue: TypeAlias = Literal["oui", "non", "sans_objet", "indetermine"]


def et(branches: Collection[Verite]) -> Verite:
    """Kleene conjunction: false wins, then unknown."""
    if False in branches:
        return False
    return None if None in branches else True


def ou(branches: Collection[Verite]) -> Verite:
    """Kleene disjunction: true wins, then unknown."""
    if True in branches:
        return True
    return None if None in branches else False


def non(branche: Verite) -> Verite:
    """Kleene negation: unknown stays unknown."""
    return None if branche is None else not branche
