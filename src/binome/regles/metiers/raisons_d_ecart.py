"""Why a decision departs from the rules, or is taken without what it should stand on: a dated catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from binome.regles.lecture import lire_yaml

if TYPE_CHECKING:
    from datetime import date

AUTRE: Final = "autre"
"""The one that says nothing by itself: what is typed says which."""


@dataclass(frozen=True, slots=True)
class RaisonDEcart:
    """A reason of the catalogue, in force from a day, to a day if it no longer serves; both included."""

    code: str
    texte: str
    du: date
    au: date | None = None

    def sert(self, jour: date) -> bool:
        """Whether it may be chosen on a day."""
        return self.du <= jour and (self.au is None or jour <= self.au)


@cache
def raisons() -> dict[str, RaisonDEcart]:
    """Every reason there ever was, by code. Raises ValueError where none is left open."""
    lues = lire_yaml(Path(__file__).with_name("raisons_d_ecart.yaml"))["raisons"]
    connues = {un["code"]: RaisonDEcart(**un) for un in lues}
    if AUTRE not in connues:
        msg = "le catalogue des raisons ne laisse rien dire d’autre"
        raise ValueError(msg)
    return connues


def en_clair(code: str) -> str:
    """A reason as a letter says it; what was typed says the open one."""
    if code in ("", AUTRE) or code not in raisons():
        return ""
    return raisons()[code].texte
