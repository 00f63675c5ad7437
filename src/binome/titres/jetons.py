"""The code of a title, as it is printed and as somebody types it. Pure."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote

from binome.titres.models import ALPHABET, JETON

_ADRESSE: Final = re.compile(r"/verifier/(?:\?titre=)?([^/?#&\s]+)")
_ANNONCE: Final = re.compile(r"(?:n\s?[°ºo]|num[ée]ro|code)\s*:?\s*", re.IGNORECASE)
"""Words that come before a number or a code on papers and in mails; no code has an O, and every number begins with AM."""
_SEPARE: Final = re.compile(r"[\s\-\u2010-\u2015_.]+")
CODE_MAL_TAPE: Final = (
    f"Ce code contient une faute de frappe : il a {JETON} lettres et chiffres, sans 0 ni 1, "
    "et sans les lettres I, L, O et U. Relisez-le sous le carré."
)
_FORME: Final = re.compile(f"[{ALPHABET}]{{{JETON}}}", re.ASCII)


def jeton_dit(jeton: str) -> str:
    """The code in groups that an eye follows."""
    return "-".join((jeton[:5], jeton[5:9], jeton[9:13], jeton[13:]))


def ce_qui_est_colle(texte: str) -> str:
    """The number or the code of what somebody pasted: a whole address of this page, or « N° » and « Code : » with it."""
    adresse = _ADRESSE.search(texte)
    dit = unquote(adresse[1]) if adresse else texte.strip()
    annonce = _ANNONCE.match(dit)
    return dit[annonce.end() :] if annonce else dit


def lire_un_jeton(texte: str) -> str | None:
    """The code that somebody typed, whatever its case and its hyphens; None for what is not one."""
    colle = _SEPARE.sub("", texte.strip().upper()) if len(texte) < 200 else ""
    return colle if _FORME.fullmatch(colle) else None


def mal_tape(texte: str) -> bool:
    """Whether somebody meant a code, and mistyped it: about as many characters, one of which a code never has, or one too many."""
    colle = _SEPARE.sub("", texte.strip())
    return colle.isalnum() and abs(len(colle) - JETON) <= 3
