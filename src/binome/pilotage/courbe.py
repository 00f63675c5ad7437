"""A small curve of one indicator, its last value written at its end: read without colour, and with its table beside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from binome.pilotage.dire_une_mesure import valeur_dite
from binome.regles.calendrier import date_en_clair

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

LARGEUR: Final = 300
HAUTEUR: Final = 96
GAUCHE: Final = 8
DROITE: Final = 92
HAUT: Final = 18
SOL: Final = 72


@dataclass(frozen=True, slots=True)
class PetiteCourbe:
    """The lines and points of a curve, in units of the drawing; `desc` says it in words."""

    desc: str
    traits: tuple[str, ...]
    points: tuple[tuple[float, float], ...]
    fin: tuple[float, float]
    dernier: str
    du: str
    au: str
    largeur: int = LARGEUR
    hauteur: int = HAUTEUR
    gauche: int = GAUCHE
    droite: int = LARGEUR - DROITE
    sol: int = SOL


def petite_courbe(points: Sequence[tuple[date, int | None]], unite: str) -> PetiteCourbe | None:
    """The curve of dated values, the oldest first; an unknown one breaks the line. None with fewer than two known."""
    connus = [(jour, valeur) for jour, valeur in points if valeur is not None]
    if len(connus) < 2:
        return None
    bas = min(0, *(valeur for _, valeur in connus))
    haut = max(valeur for _, valeur in connus)
    debut, jours = points[0][0], max((points[-1][0] - points[0][0]).days, 1)

    def place(jour: date, valeur: int) -> tuple[float, float]:
        x = GAUCHE + (jour - debut).days / jours * (LARGEUR - DROITE - GAUCHE)
        y = SOL - (valeur - bas) / ((haut - bas) or 1) * (SOL - HAUT)
        return round(x, 1), round(y, 1)

    traits: list[list[tuple[float, float]]] = [[]]
    for jour, valeur in points:
        if valeur is None:
            traits.append([])
        else:
            traits[-1].append(place(jour, valeur))
    premier, dernier = connus[0], connus[-1]
    desc = (
        f"Du {date_en_clair(premier[0])}, {valeur_dite(premier[1], unite)}, "
        f"au {date_en_clair(dernier[0])}, {valeur_dite(dernier[1], unite)}."
    )
    return PetiteCourbe(
        desc,
        tuple(" ".join(f"{x:g},{y:g}" for x, y in un) for un in traits if len(un) > 1),
        tuple(point for un in traits for point in un),
        place(*dernier),
        valeur_dite(dernier[1], unite),
        _mois(points[0][0]),
        _mois(points[-1][0]),
    )


def _mois(jour: date) -> str:
    return f"{jour.month:02d}/{jour.year}"
