"""Weeks: a card is known by its Monday."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

SEMAINE: Final = timedelta(days=7)


def lundi(jour: date) -> date:
    """The Monday of the week of a day."""
    return jour - timedelta(days=jour.weekday())


def lire_un_lundi(texte: str) -> date:
    """A Monday, written 2027-01-11. Raises ValueError for anything else."""
    jour = date.fromisoformat(texte)
    if jour.weekday():
        raise ValueError("ce n’est pas un lundi")
    return jour
