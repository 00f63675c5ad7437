"""A telephone as people write it, read the same at every door."""

from __future__ import annotations

import re
from typing import Final

_SON_NOM: Final = re.compile(r"(?i)^(?:t[ée]l(?:[ée]phone)?|portable|mobile|n°)[\s.:]*")
"""What people paste before a number, or a link holds."""
_PLUSIEURS: Final = re.compile(r"(?:(?:\+|00)33|0)[\d .()-]{8,}(?:[/,;]|\bou\b|\bet\b)\s*(?:\+|0)")
LONG: Final = 20
"""Characters that a number keeps: one that is longer keeps its figures alone."""
_ECRIT: Final = re.compile(r"(?:\+|00)?[\d .()/-]+")
_ETRANGER: Final = re.compile(r"(?:\+|00)[1-9]\d{7,14}")
_DE_FRANCE: Final = re.compile(r"0[1-9]\d{8}")
NEUF: Final = 9
"""Digits of a French number without the zero before them."""
DIX: Final = "Un numéro de téléphone a dix chiffres, par exemple 06 12 34 56 78."


def zero_perdu(texte: str) -> bool:
    """Whether a spreadsheet took a telephone for a number: nine digits on end, without the zero before them."""
    return re.fullmatch(r"[1-9][0-9]{8}", texte.strip()) is not None


def lire_telephone(texte: str) -> str:
    """A number of ten digits, or of another country by its + , as it was written; the zero that a spreadsheet took is given back.

    Raises ValueError with a French sentence.
    """
    if not texte.strip():
        return ""
    dit = re.sub(r"[\u2010-\u2015\u2212]", "-", _SON_NOM.sub("", " ".join(texte.split())))
    if zero_perdu(dit):
        return f"0{dit}"
    # « +33 (0)6… » is one number, said twice over.
    chiffres = re.sub(r"[^\d+]", "", dit.replace("(0)", ""))
    if _ECRIT.fullmatch(dit) and (_DE_FRANCE.fullmatch(chiffres) or _ETRANGER.fullmatch(chiffres)):
        return dit if len(dit) <= LONG else chiffres
    if _PLUSIEURS.match(dit):
        raise ValueError("Il y a plusieurs numéros ici : gardez-en un seul.")
    if _ECRIT.fullmatch(dit) and len(chiffres) == NEUF and not chiffres.startswith("+"):
        raise ValueError(
            "Ce numéro n’a que neuf chiffres, il en faut dix, par exemple 06 12 34 56 78."
        )
    raise ValueError(DIX)
