"""What a room adds to the made-up world: one chapter, written after those it leans on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from binome.exemples.acces import Scene


class DejaServie(Exception):
    """The database holds what a chapter would write; its message is for the person."""


class Voulu(NamedTuple):
    """The world asked for: its size, its seed, its day, and who is told how far it is."""

    taille: int
    graine: int
    jour: date
    avance: Callable[[int], None]


class Chapitre(NamedTuple):
    """`verifier` raises DejaServie where the chapter may not be written; `ecrire` writes it whole."""

    nom: str
    verifier: Callable[[], None]
    ecrire: Callable[[Scene, Voulu], None]
