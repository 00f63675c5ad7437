"""The code of a title, as it is printed and as somebody types it. Pure."""

from __future__ import annotations

import re
from typing import Final

from binome.titres.models import ALPHABET, JETON

_SEPARE: Final = re.compile(r"[\s\-\u2010-\u2015_.]+")
_FORME: Final = re.compile(f"[{ALPHABET}]{{{JETON}}}", re.ASCII)


def jeton_dit(jeton: str) -> str:
    """The code in groups that an eye follows."""
    return "-".join((jeton[:5], jeton[5:9], jeton[9:13], jeton[13:]))


def lire_un_jeton(texte: str) -> str | None:
    """The code that somebody typed, whatever its case and its hyphens; None for what is not one."""
    colle = _SEPARE.sub("", texte.strip().upper()) if len(texte) < 200 else ""
    return colle if _FORME.fullmatch(colle) else None
