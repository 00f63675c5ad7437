"""The name of a practice that somebody else typed, where it may stand in a mail that leaves under our name.

A mail goes to an address that the same person chose: anything they typed would be said by us. A name is quoted
only when it starts as practices do and holds letters alone, so that nothing in it is a link, a number to call or
an order.
"""

from __future__ import annotations

import re
from typing import Final

_LETTRES: Final = r"[^\W\d_]+(?:['’-][^\W\d_]+)*"
_GENRES: Final = "cabinet|centre|maison|pôle|clinique|dispensaire|docteure?|dr|selarl|selas|scm|scp|msp|cpts|groupement"
_NOM: Final = re.compile(rf"(?:{_GENRES})\.?(?: (?:{_LETTRES}|&))+", re.IGNORECASE)
AU_PLUS: Final = 60


def a_citer(nom: str) -> str:
    """The name when a mail may quote it; empty otherwise, and its number then says which practice it is."""
    lu = " ".join(nom.split())
    return lu if len(lu) <= AU_PLUS and _NOM.fullmatch(lu) else ""
