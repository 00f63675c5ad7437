"""One case in so many among the quick tests; the others are long."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable

PARAMETRES = type(pytest.param())


def un_sur(pas: int, cas: Iterable[Any], secondes: float) -> list[Any]:
    """The cases of a test: the first of each `pas` is quick, each of the others lasts so many seconds."""
    tous = []
    for rang, un in enumerate(cas):
        parametres = un if isinstance(un, PARAMETRES) else None
        valeurs = parametres.values if parametres else un if isinstance(un, tuple) else (un,)
        marques = list(parametres.marks) if parametres else []
        if rang % pas:
            marques.append(pytest.mark.long(secondes))
        tous.append(pytest.param(*valeurs, marks=marques, id=parametres.id if parametres else None))
    return tous
