"""Cuts what is counted into perimeters: each row goes to every one that it is of."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from binome.formations.territoires import departements
from binome.pilotage.lignes import FaitsComptes
from binome.pilotage.perimetres import FRANCE, GenreDePerimetre, Perimetre

SORTES: Final = (
    "contrats",
    "postes",
    "dossiers",
    "parcours",
    "sessions",
    "heures",
    "argent",
    "avances",
    "versements",
)


CHAMPS_DE_LIGNE: Final = (
    ("certification", GenreDePerimetre.BRANCHE),
    ("organisme", GenreDePerimetre.ORGANISME),
    ("payeur", GenreDePerimetre.PAYEUR),
    ("caisse", GenreDePerimetre.CAISSE),
)
"""The fields of a row that say a perimeter, beside its territory."""


def decouper(faits: FaitsComptes) -> dict[Perimetre, FaitsComptes]:
    """The rows of each perimeter that has some, France always; a row without a territory is in France alone."""
    rendus = {FRANCE: FaitsComptes(faits.au)}
    for sorte in SORTES:
        for ligne in getattr(faits, sorte):
            for perimetre in _de(ligne):
                if perimetre not in rendus:
                    rendus[perimetre] = FaitsComptes(faits.au)
                getattr(rendus[perimetre], sorte).append(ligne)
    return rendus


def _de(ligne: object) -> tuple[Perimetre, ...]:
    return _perimetres(
        getattr(ligne, "departement", ""),
        tuple((genre, getattr(ligne, champ, "")) for champ, genre in CHAMPS_DE_LIGNE),
        getattr(ligne, "payeurs", ()),
    )


@lru_cache(maxsize=4_096)
def _perimetres(
    departement: str, siens: tuple[tuple[str, str], ...], payeurs: tuple[str, ...]
) -> tuple[Perimetre, ...]:
    """Those of a row, by what it says of them: few are different, whatever the size of the house."""
    rendus = [FRANCE]
    lieu = departements().get(departement)
    if lieu is not None:
        rendus.append(Perimetre(GenreDePerimetre.DEPARTEMENT, lieu.code))
        rendus.append(Perimetre(GenreDePerimetre.REGION, lieu.region.code))
    rendus += [Perimetre(genre, code) for genre, code in siens if code]
    rendus += [Perimetre(GenreDePerimetre.PAYEUR, code) for code in payeurs]
    return tuple(rendus)
