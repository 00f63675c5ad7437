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
        "ı": "i", "ħ": "h", "ŧ": "t", "ŋ": "n", "ĸ": "k", "ə": "e", "ƒ": "f", "ɖ": "d", "ɗ": "d", "ɓ": "b",
        "ɛ": "e", "ɔ": "o", "ɣ": "g", "ɩ": "i", "ʋ": "v", "ƴ": "y",
        # Greek and Cyrillic, as passports write them in ours.
        "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k",
        "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "τ": "t", "υ": "y",
        "φ": "f", "χ": "ch", "ψ": "ps", "ω": "o",
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "к": "k",
        "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
        "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "ie", "ы": "y", "ь": "", "э": "e",
        "ю": "iu", "я": "ia", "є": "ie", "і": "i", "ђ": "d", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "џ": "dz",
        "ѕ": "dz", "ґ": "g",
    }
)  # fmt: skip
"""Letters that Unicode does not decompose to ours, and how they are typed without them."""
PARTICULE: Final = re.compile(r"(?<![^ ])([^\W\d_]) (?=[^\W\d_]{2})")
"""A letter alone before a word of a folded name: what an apostrophe parted."""
COLLES: Final = re.compile(r"(?<=[0-9])[\s.\-_/]+(?=[0-9])")
"""What separates the figures of one number."""
DE_FRANCE: Final = re.compile(r"(?<![0-9])(?:\+|00)33(?:\(0\))?(?=[1-9][0-9]{8}(?![0-9]))")
"""The country of a phone number of nine more figures."""


def plier(texte: str) -> str:
    """Lower case, without accents, width nor punctuation, the blanks made one."""
    nu = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", texte).casefold())
    lettres = "".join(c for c in nu if not unicodedata.combining(c))
    lettres = lettres.replace("ου", "ou").translate(SANS_DECOMPOSITION)
    visibles = "".join(
        c if c.isalnum() else " " for c in lettres if unicodedata.category(c) != "Cf"
    )
    return " ".join(visibles.split())


def plier_un_nom(texte: str) -> str:
    """A folded name, its particles joined to what follows: « D’Hauteville », « D Hauteville » and « dhauteville » are one.

    Whoever types the two words finds them in the one.
    """
    return PARTICULE.sub(r"\1", plier(texte))


def coller_les_nombres(texte: str) -> str:
    """The same text, the figures of a number that blanks, points or hyphens part joined again.

    A French phone number is the same with its country or with its zero.
    """
    return DE_FRANCE.sub("0", COLLES.sub("", unicodedata.normalize("NFKC", texte)))
