"""The perimeters that an indicator is measured over: a territory, or who answers for it."""

from __future__ import annotations

from typing import Final, NamedTuple

from django.db import models


class GenreDePerimetre(models.TextChoices):
    """The kinds of perimeter; those of an organisation are read by its own people alone."""

    FRANCE = "france", "France"
    REGION = "region", "Région"
    DEPARTEMENT = "departement", "Département"
    BRANCHE = "branche", "Branche"
    ORGANISME = "organisme", "Organisme de formation"
    PAYEUR = "payeur", "Payeur"
    CAISSE = "caisse", "Caisse"


class Perimetre(NamedTuple):
    """A perimeter: `code` is that of a territory, of a certification for a branch, or the number of an organisation."""

    genre: str
    code: str


FRANCE: Final = Perimetre(GenreDePerimetre.FRANCE, "FR")
TERRITOIRES: Final = (
    GenreDePerimetre.FRANCE,
    GenreDePerimetre.REGION,
    GenreDePerimetre.DEPARTEMENT,
)
"""Those read by who reads no dossier: small counts are hidden there."""
