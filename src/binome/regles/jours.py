"""A day as people write or paste it: « 15/01/1987 », « 15 janvier 1987 », « 1987-01-15 », « 15.01.87 »."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Final

from binome.visible import visible

MOIS: Final = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin",
    "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
)  # fmt: skip
ANNEES: Final = range(1900, 2101)
"""The years that somebody may mean: a day of any other is a slip of the hand."""
PIVOT: Final = 40
"""Two figures of a year: up to this one in our century, above in the last."""
_DEVANT: Final = re.compile(
    r"^(?:le )?(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) )?(?:le )?"
)
_TIRETS: Final = re.compile("[\u2010-\u2015\u2212]")
"""Hyphens that a text processor puts in the place of ours."""
_ISO: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ t]\d{1,2}:.*)?")
_CHIFFRES: Final = re.compile(r"(\d{1,2}) ?[-/. ] ?(\d{1,2}) ?[-/. ] ?(\d{4}|\d{2})")
_LETTRES: Final = re.compile(r"(\d{1,2})(?:er)? ?([a-z]{3,9})\.? ?(\d{4})")


def _rang_du_mois(mot: str) -> int:
    """1 to 12 for a month, or for a beginning that only one month has; 0 otherwise."""
    rangs = [rang for rang, nom in enumerate(MOIS, start=1) if nom.startswith(mot)]
    return rangs[0] if len(rangs) == 1 else 0


def lire_jour(texte: str) -> date | None:
    """The day, or None for what is no day, may be two or is of a year out of `ANNEES`: the day comes before the month, as in French."""
    nu = unicodedata.normalize("NFD", _TIRETS.sub("-", " ".join(visible(texte).split())).casefold())
    dit = _DEVANT.sub("", "".join(un for un in nu if not unicodedata.combining(un)))
    if trouve := _ISO.fullmatch(dit):
        annee, mois, jour = (int(un) for un in trouve.groups())
    elif trouve := _CHIFFRES.fullmatch(dit):
        jour, mois, annee = (int(un) for un in trouve.groups())
        if len(trouve[3]) == 2:
            annee += 2000 if annee <= PIVOT else 1900
    elif trouve := _LETTRES.fullmatch(dit):
        jour, mois, annee = int(trouve[1]), _rang_du_mois(trouve[2]), int(trouve[3])
    else:
        return None
    try:
        return date(annee, mois, jour) if annee in ANNEES else None
    except ValueError:
        return None
