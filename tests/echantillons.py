"""One case in so many among the quick tests, the others long; and hundreds of small cases in one test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

T = TypeVar("T")
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


def chacun(cas: Iterable[T], essai: Callable[[T], None]) -> None:
    """Tries each case, in one test: those that fail are all named.

    A test apart costs three milliseconds, which is more than a sentence takes to be read.
    """
    fautes = []
    for un in cas:
        try:
            essai(un)
        except AssertionError as faute:
            fautes.append(f"{un} : {faute}")
    assert not fautes, "\n".join(fautes)
