"""What a room above does after a gesture of a room below, in its transaction: one row a gesture, as the table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from binome.gestes.passage import Effet


@dataclass(frozen=True)
class Suite:
    """What follows a gesture: whom it tells, or why it tells nobody, in French, and the effect that does it."""

    dit: str
    effet: Effet[Any] | None = None


_SUITES: Final[dict[tuple[str, str], Suite]] = {}
_EFFETS: Final[dict[tuple[str, str], list[Effet[Any]]]] = {}


def declarer_suites(flux: str, suites: Mapping[str, Suite]) -> None:
    """Makes what follows the gestures of a flow known. Raises ValueError when a gesture has one already."""
    for geste, une in suites.items():
        if _SUITES.setdefault((flux, geste), une) is not une:
            raise ValueError(f"La suite de « {flux}.{geste} » est déjà déclarée")


def suite_de(flux: str, geste: str) -> Suite | None:
    """What follows a gesture; None when no room said anything of it."""
    return _SUITES.get((flux, geste))


def declarer_effets(flux: str, effets: Mapping[str, Effet[Any]]) -> None:
    """Makes known what a room above does after gestures of a flow, besides telling people; the same twice is once."""
    for geste, un in effets.items():
        siens = _EFFETS.setdefault((flux, geste), [])
        if un not in siens:
            siens.append(un)


def effets_de(flux: str, geste: str) -> tuple[Effet[Any], ...]:
    """What rooms above do after a gesture, in the order in which they declared it."""
    return tuple(_EFFETS.get((flux, geste), ()))
