"""Every flow of the house: each room declares its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from binome.journal.catalogue import declarer_evenements

if TYPE_CHECKING:
    from binome.gestes.table import Flux

_FLUX: Final[dict[str, Flux[Any]]] = {}


def declarer_flux(*flux: Flux[Any]) -> None:
    """Makes flows known, and their gestures to the journal. Raises ValueError for a name already taken."""
    for un in flux:
        if _FLUX.setdefault(un.nom, un) is not un:
            raise ValueError(f"Le flux « {un.nom} » est déjà déclaré")
        declarer_evenements(*un.evenements())


def flux_de_la_maison() -> list[Flux[Any]]:
    """Every flow, by name."""
    return [_FLUX[nom] for nom in sorted(_FLUX)]


def flux_nomme(nom: str) -> Flux[Any] | None:
    """The flow of a name; None when no room declares it."""
    return _FLUX.get(nom)
