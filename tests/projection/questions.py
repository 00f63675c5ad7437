"""Questions of the tests, by the strict reader that everyone goes through."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from binome.projection.demande import lire_demande
from binome.projection.lecture import projeter

if TYPE_CHECKING:
    from binome.projection.demande import DemandeDeProjection
    from binome.projection.lecture import Projection

SERRE: Final = {"argent_annuel_euros": 6_000_000, "reserve_euros": 0}
LIBRE: Final = {"argent_annuel_euros": 12_000_000, "reserve_euros": 20_000_000}
EXEMPLE: Final[dict[str, Any]] = {"au": "2023-06-30", "jusqu_a": "2026-12"}


def question(**autres: Any) -> DemandeDeProjection:
    """The example of the contract, with what is said otherwise."""
    return lire_demande({**EXEMPLE, **autres})


_reponse = cache(projeter.__wrapped__)


def reponse(**autres: Any) -> Projection:
    """Its answer, worked out once for all the tests of a worker."""
    return _reponse(question(**autres))
