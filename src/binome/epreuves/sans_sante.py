"""What tells of a person's health in the words of a measure: found, refused with the reason, and never kept.

Only the measure granted is kept (`sources/parcours.md` §3.4): the diagnosis never is, nor the paper that says it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from binome.livret.lisible import lisible
from binome.pliage import plier
from binome.regles.lecture import lire_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

MOTS: Final = Path(__file__).with_name("sans_sante.yaml")


@cache
def _mots() -> Mapping[str, Any]:
    lus: dict[str, Any] = lire_yaml(MOTS)
    return lus


def faute_de_sante(texte: str) -> str:
    """Why these words are not kept; empty when they are."""
    debuts, entiers = tuple(_mots()["debuts"].split()), frozenset(_mots()["mots"].split())
    for lu in dict.fromkeys((texte, lisible(texte), lisible(texte, vide=" "))):
        plat = f" {plier(lu)} "
        for permise in _mots()["permises"]:
            plat = plat.replace(f" {permise} ", "  ")
        trouve = next((une for une in _mots()["suites"] if f" {une} " in plat), "") or next(
            (mot for mot in plat.split() if mot in entiers or mot.startswith(debuts)), ""
        )
        if trouve:
            return str(_mots()["raison"]).format(dit=trouve)
    return ""
