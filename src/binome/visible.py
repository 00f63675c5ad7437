"""Typed text as it is seen: what changes the order of letters, or hides among them, is taken out."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_INVISIBLES: Final = re.compile(
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls, but tabulation and ends of lines
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u3164\uffa0"  # drawn as nothing
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # what turns the direction of a text
    "\u200b\u2028\u2029\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff"  # halves of characters
    "\U000e0000-\U000e007f"
    "]"
)
"""Joiners (U+200C, U+200D) stay: some scripts and pictures are written with them."""


def visible(texte: str) -> str:
    """The text without the characters that nobody sees, its letters composed; a text like that is returned as it is.

    A Mac writes « é » as two characters: the same name would be two.
    """
    return unicodedata.normalize("NFC", _INVISIBLES.sub("", texte))
