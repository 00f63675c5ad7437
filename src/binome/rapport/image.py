"""The two values of each row as bars, in units of the drawing: hollow then, full now, and both written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from binome.rapport.page import LigneMontree

LARGEUR: Final = 360
LONGUEUR: Final = 280
"""Of the longest bar; what is left is for its figure."""
PAS: Final = 62


@dataclass(frozen=True, slots=True)
class BarreDuRapport:
    """A row of the drawing, `y` under its name; a length is None where there is no value."""

    dit: str
    y: int
    alors: int | None
    aujourdhui: int | None
    alors_dit: str
    aujourdhui_dit: str


@dataclass(frozen=True, slots=True)
class ImageDuRapport:
    """The drawing; `desc` says it in words."""

    barres: tuple[BarreDuRapport, ...]
    hauteur: int
    desc: str
    largeur: int = LARGEUR


def image_de(lignes: Sequence[LigneMontree]) -> ImageDuRapport | None:
    """The bars of a table of figures; None where there is nothing to draw."""
    valeurs = [
        une for ligne in lignes for une in (ligne.alors, ligne.aujourdhui) if une is not None
    ]
    if not valeurs or max(valeurs) == 0:
        return None
    plus_grande = max(valeurs)

    def longueur(valeur: int | None) -> int | None:
        return None if valeur is None else max(1, LONGUEUR * valeur // plus_grande)

    barres = tuple(
        BarreDuRapport(
            une.dit, 16 + PAS * rang, longueur(une.alors), longueur(une.aujourdhui), une.alors_dit, une.aujourdhui_dit,
        )
        for rang, une in enumerate(lignes)
    )  # fmt: skip
    dits = (
        f"{une.dit} : {une.alors_dit} alors, {une.aujourdhui_dit} aujourd’hui" for une in lignes
    )
    return ImageDuRapport(barres, PAS * len(barres), " ; ".join(dits) + ".")
