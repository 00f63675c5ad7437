"""Instants of the machine's own clock that follow one another: the database holds them to it.

Nobody types them. When one is refused, the clock was set back: that is told apart from a fault of ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import CheckConstraint

if TYPE_CHECKING:
    from django.db.models import Q

_NOMS: set[str] = set()


def dans_l_ordre(*, name: str, condition: Q) -> CheckConstraint:
    """The constraint, its name kept: what it refuses is said as the clock's."""
    _NOMS.add(name)
    return CheckConstraint(name=name, condition=condition)


def noms() -> frozenset[str]:
    """The names of these constraints, of every room loaded."""
    return frozenset(_NOMS)


def est_de_l_horloge(refus: BaseException) -> bool:
    """Whether a driver's refusal comes from one of them."""
    diagnostic = getattr(refus, "diag", None)
    if diagnostic is not None:
        return diagnostic.constraint_name in _NOMS
    # SQLite names the constraint at the end of its message, and nowhere else.
    dit = str(refus.args[0]) if refus.args else ""
    return type(refus).__name__ == "IntegrityError" and dit.rpartition(": ")[2] in _NOMS
