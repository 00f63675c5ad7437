"""Cuts what is counted into perimeters: each row goes to every one that it is of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from binome.formations.territoires import departements
from binome.pilotage.lignes import FaitsComptes
from binome.pilotage.perimetres import FRANCE, GenreDePerimetre, Perimetre

if TYPE_CHECKING:
    from collections.abc import Iterator

SORTES = (
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


def _de(ligne: object) -> Iterator[Perimetre]:
    yield FRANCE
    departement = departements().get(getattr(ligne, "departement", ""))
    if departement is not None:
        yield Perimetre(GenreDePerimetre.DEPARTEMENT, departement.code)
        yield Perimetre(GenreDePerimetre.REGION, departement.region.code)
    for champ, genre in (
        ("certification", GenreDePerimetre.BRANCHE),
        ("organisme", GenreDePerimetre.ORGANISME),
        ("payeur", GenreDePerimetre.PAYEUR),
        ("caisse", GenreDePerimetre.CAISSE),
    ):
        if code := getattr(ligne, champ, ""):
            yield Perimetre(genre, code)
    for code in getattr(ligne, "payeurs", ()):
        yield Perimetre(GenreDePerimetre.PAYEUR, code)
