"""The words for an answer that is offered: those of the form, its code, those of the trade; and what says too little."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from binome.habillage.questions import AUCUN, dit_aussi, dit_trop_peu, reponses_de
from binome.pliage import plier

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from binome.regles.faits import DefinitionDeFait

LISTE: Final = re.compile(r"[;|]")
PROCHE: Final = 0.55
"""How alike a word and an answer must be, for the one to be offered in place of the other."""
_ARTICLES: Final = frozenset("un une d de du des l le la les en au aux a dans chez e".split())
"""Words that tell no answer from another; a lone e is what remains of « salarié(e) »."""


class TropPeu(NamedTuple):
    """Of a word that is understood and may mean several answers: which, by their codes, and what it does not say."""

    entre: tuple[str, ...]
    manque: str


def _nu(texte: str) -> str:
    """A word as it is compared: whatever its capitals, accents, blanks and articles."""
    mots = plier(texte).split()
    return " ".join([mot for mot in mots if mot not in _ARTICLES] or mots)


@cache
def _par_mot(nom: str, liste: bool, offertes: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    codes = dict(offertes)
    dits = {
        _nu(mot): code for code, mots in dit_aussi(nom).items() if code in codes for mot in mots
    }
    dits |= {_nu(code): code for code in codes}
    dits |= {_nu(mots): code for code, mots in offertes}
    return dits | {AUCUN: AUCUN, "aucune": AUCUN} if liste else dits


def _mots(fait: DefinitionDeFait) -> Mapping[str, str]:
    return _par_mot(fait.nom, fait.type == "liste", tuple(reponses_de(fait).items()))


def code_de(fait: DefinitionDeFait, texte: str) -> str | None:
    """The code of an answer given by its words or its code; None when it is unknown."""
    return _mots(fait).get(_nu(texte))


def trop_peu(fait: DefinitionDeFait, texte: str) -> TropPeu | None:
    """What a word that may mean several answers leaves open; None for any other."""
    nu, mots = _nu(texte), reponses_de(fait)
    for une in dit_trop_peu(fait.nom):
        entre = tuple(code for code in une["entre"] if code in mots)
        if entre and nu in map(_nu, une["mots"]):
            return TropPeu(entre, une["manque"])
    return None


def proche(fait: DefinitionDeFait, texte: str) -> str | None:
    """The answer that an unknown word may stand for, by its code; None when none is near, or several are."""
    mots = _mots(fait)
    if code_de(fait, texte) is not None or trop_peu(fait, texte) is not None:
        return None
    proches = get_close_matches(_nu(texte), mots, n=1, cutoff=PROCHE)
    return mots[proches[0]] if proches else None


def separer(fait: DefinitionDeFait, texte: str) -> list[str]:
    """The answers that a text gives, each as its code or, when it is unknown, as it was typed."""
    plusieurs = fait.type == "liste"
    dits: list[str] = []
    for morceau in LISTE.split(texte) if plusieurs else [texte]:
        code = code_de(fait, morceau)
        # Words may hold a comma: it only separates where the whole says nothing.
        restes = morceau.split(",") if code is None and plusieurs else [morceau]
        dits += [code_de(fait, un) or un.strip() for un in restes if un.strip()]
    return dits


def refuser(fait: DefinitionDeFait, texte: str) -> str:
    """Why a word is no answer of a question, and what to write."""
    dit, mots = f"« {texte[:40]} »", reponses_de(fait)
    if (vague := trop_peu(fait, texte)) is not None:
        return (
            f"{dit} ne dit pas {vague.manque} ; choisissez parmi : {_en_suite(mots, vague.entre)}"
        )
    if (code := proche(fait, texte)) is not None and code in mots:
        return f"{dit} n’est pas une réponse connue ; vouliez-vous dire « {mots[code]} » ?"
    return f"{dit} n’est pas une réponse connue ; choisissez parmi : {_en_suite(mots, tuple(mots))}"


def _en_suite(mots: Mapping[str, str], codes: Sequence[str]) -> str:
    return " ; ".join(mots[code] for code in codes)
