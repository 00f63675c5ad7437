"""What a device sends once the network is back: read strictly, its clock corrected; a lot that is not ours is refused whole."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple, TypeVar

_T = TypeVar("_T")
EXACT: Final = 5
"""Seconds within which a clock is right: a request takes as much to come."""
AVANCE: Final = timedelta(minutes=5)
"""How far ahead of the server an instant may be, once the clock of the device is corrected."""
RETARD: Final = int(timedelta(days=366).total_seconds())
"""Seconds beyond which the clock of a device says nothing that could be corrected."""
APPAREIL: Final = re.compile(r"[A-Za-z0-9-]{0,40}")


class LotIllisible(ValueError):
    """Nothing of it can be read; its message is for the person."""


class HorlogeFausse(ValueError):
    """An instant that cannot be true; its message is for the person."""


class LotRecu(NamedTuple):
    """The lines of a lot, not read yet, and how many seconds the clock of the device was behind when it sent."""

    lignes: list[Any]
    retard: int


def lire_l_enveloppe(corps: bytes, maintenant: datetime, *, lignes: int, quoi: str) -> LotRecu:
    """The lines of a lot, `lignes` at most, called `quoi`. Raises LotIllisible, or what else a body that is not ours does."""
    brut = json.loads(corps)
    envoye_le = lire_un_instant(brut["envoye_le"])
    lues = tel(brut["envois"], list)
    if not 1 <= len(lues) <= lignes:
        raise LotIllisible(f"Un envoi porte de une à {lignes} {quoi}.")
    ecart = round((maintenant - envoye_le).total_seconds())
    return LotRecu(lues, 0 if abs(ecart) <= EXACT else ecart)


ILLISIBLES: Final = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    RecursionError,
    OverflowError,
)
"""What a body that is not ours raises."""


def lire_un_instant(texte: object) -> datetime:
    """An instant with its zone. Raises ValueError, TypeError."""
    instant = datetime.fromisoformat(tel(texte, str))
    if instant.tzinfo is None:
        raise ValueError("sans fuseau")
    return instant.astimezone(UTC)


def tel(valeur: Any, genre: type[_T]) -> _T:
    """A value of just this kind. Raises TypeError."""
    if type(valeur) is not genre:
        raise TypeError(genre.__name__)
    return valeur


def a_l_heure(
    instant: datetime, retard: int | None, maintenant: datetime, *, quoi: str
) -> datetime:
    """The instant of what a device wrote, by the server's clock; `quoi` names it. Raises HorlogeFausse."""
    secondes = retard or 0
    if abs(secondes) > RETARD:
        raise HorlogeFausse(
            "L’horloge de l’appareil est trop fausse. Mettez-la à l’heure, puis recommencez."
        )
    try:
        corrige = instant + timedelta(seconds=secondes)
    except OverflowError:
        raise HorlogeFausse(f"L’heure de {quoi} n’est pas lisible.") from None
    if corrige > maintenant + AVANCE:
        raise HorlogeFausse(
            f"L’heure de {quoi} est dans l’avenir. Mettez l’appareil à l’heure, puis recommencez."
        )
    return corrige
