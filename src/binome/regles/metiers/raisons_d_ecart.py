"""Why a decision departs from the rules, or is taken without what it should stand on: a dated catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from binome.regles.lecture import lire_yaml
from binome.regles.metiers.ecart import en_mots
from binome.regles.metiers.reponse import citations_de

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from binome.regles.base import Base

ACCORDER, ECART, REFUSER = "accorder", "ecart", "refuser"
ISSUES: Final = (ACCORDER, ECART, REFUSER)
"""What a reason may serve: to grant what is proposed without waiting, to grant otherwise, to refuse."""
AUTRE: Final = "autre"
"""The one that says nothing by itself: what is typed says which."""


@dataclass(frozen=True, slots=True)
class RaisonDEcart:
    """A reason of the catalogue, in force from a day, to a day if it no longer serves; both included.

    `pour` are the issues that it serves, `regles` begin the names of the rules whose refusal says the same.
    """

    code: str
    texte: str
    du: date
    au: date | None = None
    pour: tuple[str, ...] = ISSUES
    regles: tuple[str, ...] = ()
    apres_recours: bool = False

    def sert(self, jour: date, issue: str = "") -> bool:
        """Whether it may be chosen on a day, for an issue when one is named."""
        en_vigueur = self.du <= jour and (self.au is None or jour <= self.au)
        return en_vigueur and (not issue or issue in self.pour)

    def dit(self, regle: str) -> bool:
        """Whether the refusal of a rule says the same."""
        return any(regle.startswith(debut) for debut in self.regles)


@cache
def raisons() -> dict[str, RaisonDEcart]:
    """Every reason there ever was, by code. Raises ValueError where none is left open to every issue."""
    lues = lire_yaml(Path(__file__).with_name("raisons_d_ecart.yaml"))["raisons"]
    connues = {
        un["code"]: RaisonDEcart(
            **{**un, "pour": tuple(un["pour"]), "regles": tuple(un.get("regles", ()))}
        )
        for un in lues
    }
    inconnues = {issue for une in connues.values() for issue in une.pour} - set(ISSUES)
    if inconnues:
        msg = f"le catalogue des raisons nomme une issue inconnue : {sorted(inconnues)}"
        raise ValueError(msg)
    if AUTRE not in connues or connues[AUTRE].pour != ISSUES:
        msg = "le catalogue des raisons ne laisse rien dire d’autre"
        raise ValueError(msg)
    return connues


def en_clair(code: str) -> str:
    """A reason as a letter says it; what was typed says the open one."""
    if code in ("", AUTRE) or code not in raisons():
        return ""
    return raisons()[code].texte


def depart_dit(base: Base, depart: Mapping[str, Any], raison: str) -> dict[str, Any] | None:
    """What a kept decision settled otherwise than the rules, why, and against which; None when it did not depart."""
    if "ecart" not in depart:
        return None
    return {
        "dits": en_mots(base, depart["ecart"]),
        "raison": en_clair(raison),
        "contre": [
            {**un, "citations": citations_de(base, un["sources"])} for un in depart["contre"]
        ],
    }
