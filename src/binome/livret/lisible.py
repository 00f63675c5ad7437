"""A sentence as an eye reads it: what does not show is gone, figures and letters of other shapes are ours. Pure."""

from __future__ import annotations

import unicodedata
from typing import Final

VIDES: Final = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f")
"""Letters and marks that show nothing."""
JUMELLES: Final = str.maketrans(
    "АВЕКМНОРСТУХаеорсухіѕјı",
    "ABEKMHOPCTYXaeopcyxisji",
)
MUETS: Final = frozenset(("Cf", "Co", "Cn", "Cc", "Cs"))
VARIANTES: Final = ((0xFE00, 0xFE0F), (0xE0100, 0xE01EF))
"""Marks that choose the shape of the letter before them."""
SEPARE: Final = frozenset("_*~`|")
"""Signs that people put around a word."""


def lisible(texte: str, vide: str = "") -> str:
    """The same sentence, for the search of names and numbers alone: never what is kept.

    `vide` stands for a letter that shows nothing: none, or a space.
    """
    signes = (_un(signe, vide) for signe in unicodedata.normalize("NFKC", texte))
    return " ".join("".join(signes).translate(JUMELLES).split())


def _un(signe: str, vide: str) -> str:
    genre = unicodedata.category(signe)
    if signe in VIDES:
        return vide
    if signe in SEPARE or genre in ("Zl", "Zp", "Zs"):
        return " "
    if genre in MUETS or any(debut <= ord(signe) <= fin for debut, fin in VARIANTES):
        return ""
    return str(unicodedata.digit(signe)) if genre == "Nd" else signe
