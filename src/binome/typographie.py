"""French typography: the capital of a sentence, and the narrow no-break spaces that texts call for."""

from __future__ import annotations

import re
from typing import Final

FINE: Final = "\u202f"
"""The narrow no-break space."""

# Each branch looks around one space, so that one replacement does for all and only spaces change.
_ESPACE: Final = re.compile(
    r"[ \u00a0]"
    r"(?:(?=[;:!?»])"  # le voici : « oui »
    r"|(?<=«.)"
    r"|(?<=\d.)"
    r"(?:(?<!\d{4}.)(?=\d{3}(?!\d))"  # 12 600, but not after a year
    r"|(?=(?:h|min)\b|[kM]?€|%))"  # 283 h, 45 min, 75 M€, 65 %
    r"|(?<=\d[ \u00a0\u202f]h.)(?=\d\d(?!\d)))"  # 283 h 30
)


def typographie(texte: str) -> str:
    """The text with narrow no-break spaces where French puts them.

    Before `; : ! ?` and inside « », between the groups of a number, between a number and `h`,
    `min`, `€` or `%`, and inside `283 h 30`. No space is added or removed: those that are there
    change, so that applying it twice does no more than once.
    """
    return _ESPACE.sub(FINE, texte)


def majuscule(texte: str) -> str:
    """The text with a capital at its start; the others stay: AFGSU is not Afgsu."""
    return texte[:1].upper() + texte[1:]


def minuscule(texte: str) -> str:
    """The text as it goes on inside a sentence: its capital falls, those of its acronyms stay."""
    return texte if texte[1:2].isupper() else texte[:1].lower() + texte[1:]
