"""Whether a name is one of ours, badly typed."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

LETTRES: Final = 2
"""How many letters may be missing, too many, wrong or swapped."""


def ecart(un: str, autre: str) -> int:
    """How many letters are missing, too many, wrong or swapped; any number above `LETTRES` stands for more."""
    trop = LETTRES + 1
    if abs(len(un) - len(autre)) > LETTRES:
        return trop
    avant: list[int] = []
    ligne = list(range(len(autre) + 1))
    for rang, lettre in enumerate(un, start=1):
        d_avant, avant, ligne = avant, ligne, [rang]
        for place, face in enumerate(autre, start=1):
            cout = min(avant[place] + 1, ligne[place - 1] + 1, avant[place - 1] + (lettre != face))
            if rang > 1 and place > 1 and (lettre, un[rang - 2]) == (autre[place - 2], face):
                cout = min(cout, d_avant[place - 2] + 1)
            ligne.append(cout)
        if min(ligne) > LETTRES and min(avant) > LETTRES:
            return trop
    return ligne[-1]


def _meme_mot(mot: str, notre: str) -> bool:
    """DATABASE_SSL is no DATABASE_URL, though two letters are between them: more than half of the word."""
    return ecart(mot, notre) <= len(notre) // 2


def _a_un_morceau(nom: str, notre: str) -> bool:
    """Whether a fifth of ours is whole in it: two faults touch four of them at most, and most names have none."""
    bornes = [len(notre) * rang // 5 for rang in range(6)]
    return any(notre[debut:fin] in nom for debut, fin in pairwise(bornes))


def _a_peu_pres(nom: str, notre: str) -> bool:
    if abs(len(nom) - len(notre)) > LETTRES or not _a_un_morceau(nom, notre):
        return False
    if ecart(nom, notre) > LETTRES:
        return False
    mots, notres = nom.split("_"), notre.split("_")
    return len(mots) != len(notres) or all(map(_meme_mot, mots, notres))


def pris_pour_un_notre(nom: str, notres: Iterable[str]) -> bool:
    """Whether whoever wrote that name meant one of ours: in another case, with words after it, or mistyped."""
    en_capitales = nom.upper()
    return any(
        en_capitales.startswith(notre) or _a_peu_pres(en_capitales, notre) for notre in notres
    )
