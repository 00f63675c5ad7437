"""A share of time: an integer in basis points of a full-time post, or unknown.

The aid counts thirds, halves and whole posts, whatever hours make a full week: three thirds (3 × 3 333) stay
within a whole, and nothing is rounded up.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from typing import Final

PLEIN: Final = 10_000
"""A full-time post."""
SEMAINE: Final = 35
"""The hours of a full-time week: the legal duration (code du travail, article L. 3121-27)."""
EXEMPLES: Final = "« 28 heures par semaine », « 80 % », « mi-temps »"
ILLISIBLE: Final = f"Dites-le en heures par semaine ou en part d’un temps plein : {EXEMPLES}."
MOTS: Final = {
    "temps plein": PLEIN,
    "plein temps": PLEIN,
    "temps complet": PLEIN,
    "mi temps": PLEIN // 2,
    "moitie": PLEIN // 2,
    "tiers": PLEIN // 3,
    "deux tiers": 2 * PLEIN // 3,
    "quart": PLEIN // 4,
    "trois quarts": 3 * PLEIN // 4,
}
"""The shares that have a word; a third is 3 333."""
_AVANT: Final = re.compile(r"^(?:a |au |un |la |le )+")
_APRES: Final = re.compile(r" (?:de |d'un )?temps(?: plein)?$")
_POUR_CENT: Final = re.compile(
    r"([0-9]{1,3}(?:\.[0-9]{1,2})?) ?(?:%|pour ?cent)(?: (?:d'un |du )?(?:temps(?: plein| complet)?))?"
)
_HEURES: Final = re.compile(
    r"([0-9]{1,2}(?:\.[0-9]{1,2})?) ?(?:h|heures?)(?: ?([0-5]?[0-9])(?: ?(?:min|mn|minutes?))?)?"
    r"(?: ?(?:par|/|la) ?semaine| hebdomadaires?)?"
)


def dire(part: int | None) -> str:
    """A share in words; what is not known is said so, and is not a full time."""
    if part is None:
        return "part de temps inconnue"
    if part == PLEIN:
        return "temps plein"
    return f"{part / 100:.2f}".rstrip("0").rstrip(".").replace(".", ",") + " % d’un temps plein"


def lire(texte: str) -> int:
    """A share as people say it: hours a week, a percentage, or a word; in basis points, never rounded up.

    Hours are counted on a week of thirty-five. Raises ValueError, in words, for what says no share of a full time.
    """
    dit = _plie(texte)
    mot = _AVANT.sub("", dit.replace("-", " "))
    for nu in (mot, _APRES.sub("", mot)):
        if nu in MOTS:
            return MOTS[nu]
    if trouve := _POUR_CENT.fullmatch(dit):
        part = int(Fraction(trouve[1]) * 100)
    elif (trouve := _HEURES.fullmatch(dit)) and not ("." in trouve[1] and trouve[2]):
        heures = Fraction(trouve[1]) + Fraction(int(trouve[2] or 0), 60)
        if heures > SEMAINE:
            raise ValueError(
                f"Un temps plein fait {SEMAINE} heures par semaine. Au-delà, écrivez « temps plein »."
            )
        part = int(heures * PLEIN / SEMAINE)
    else:
        raise ValueError(ILLISIBLE)
    if not 1 <= part <= PLEIN:
        raise ValueError("La part de temps va de plus de rien à un temps plein.")
    return part


def _plie(texte: str) -> str:
    """Lower case, without accents, plain spaces, a point for a decimal comma."""
    nu = unicodedata.normalize("NFKD", texte.casefold().replace("’", "'").replace(",", "."))
    return " ".join("".join(un for un in nu if not unicodedata.combining(un)).split()).rstrip(" .")
