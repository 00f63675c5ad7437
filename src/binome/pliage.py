"""One folding for every search and comparison of what people type: letters, numbers, blanks.

Decomposition alone leaves the letters that are not a base and a mark: they are named here, as a person without
them on a keyboard writes them.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

SANS_DECOMPOSITION: Final = str.maketrans(
    {
        "œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th",
        "ı": "i", "ħ": "h", "ŧ": "t", "ŋ": "n", "ĸ": "k", "ə": "e", "ƒ": "f",
    }
)  # fmt: skip
"""Letters that Unicode does not decompose, and how they are typed without them."""
COLLES: Final = re.compile(r"(?<=[0-9])[\s.\-_/]+(?=[0-9])")
"""What separates the figures of one number."""
DE_FRANCE: Final = re.compile(r"(?<![0-9])(?:\+|00)33(?:\(0\))?(?=[1-9][0-9]{8}(?![0-9]))")
"""The country of a phone number of nine more figures."""


def plier(texte: str) -> str:
    """Lower case, without accents, width nor punctuation, the blanks made one."""
    nu = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", texte).casefold())
    lettres = "".join(c for c in nu if not unicodedata.combining(c))
    lettres = lettres.translate(SANS_DECOMPOSITION)
    visibles = "".join(
        c if c.isalnum() else " " for c in lettres if unicodedata.category(c) != "Cf"
    )
    return " ".join(visibles.split())


def coller_les_nombres(texte: str) -> str:
    """The same text, the figures of a number that blanks, points or hyphens part joined again.

    A French phone number is the same with its country or with its zero.
    """
    return DE_FRANCE.sub("0", COLLES.sub("", unicodedata.normalize("NFKC", texte)))
