"""French typography: the capital of a sentence, and the narrow no-break spaces that texts call for."""

from __future__ import annotations

import re
import unicodedata
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

_ELIDE: Final = re.compile(r"[aeiouhœæ]|y[^aeiou]")
_ASPIRE: Final = re.compile(
    r"(onz|oui\b|ouistiti|uhlan|hall|halle|hameau|hand|hangar|hasard|haut|havre|hero\b|heros|hongr|holland|hors|huit|hub)"
)
"""What begins with a vowel or an h, and keeps its `de` whole."""
DEUX: Final = 2


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


def elider(mot: str, nom: str) -> str:
    """`de` or `que` before a name, as French writes it: « de Pau », « d’Organisme », « d’Hélène », « de Haute-Savoie »."""
    nu = unicodedata.normalize("NFD", nom[:12].casefold())
    lettres = "".join(lettre for lettre in nu if not unicodedata.combining(lettre))
    if _ELIDE.match(lettres) and not _ASPIRE.match(lettres):
        return f"{mot[:-1]}’{nom}"
    return f"{mot} {nom}"


def compter(nombre: int, mot: str, mots: str = "") -> str:
    """A number and its word, as French agrees: « 0 essai », « 1 essai », « 2 essais »; `mots` where an s is not enough."""
    return f"{nombre} {mot if abs(nombre) < DEUX else mots or mot + 's'}"


def minuscule(texte: str) -> str:
    """The text as it goes on inside a sentence: its capital falls, those of its acronyms stay."""
    return texte if texte[1:2].isupper() else texte[:1].lower() + texte[1:]
