"""The whole story of one object, readable by who may, year after year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from binome.journal.models import Entree
from binome.journal.secrets import Dechiffreur
from binome.journal.services import MOTIF

if TYPE_CHECKING:
    from collections.abc import Container

EFFACE: Final = "effacé"
"""What is told in place of a reason, once its subject is forgotten."""


def histoire(objet: str) -> list[dict[str, Any]]:
    """Every entry about an object, in order; `prive` is None where the person was forgotten."""
    entrees = list(Entree.objects.filter(objet=objet).order_by("rang"))
    lecteur = Dechiffreur(une.sujet for une in entrees if une.prive)
    return [_raconter(une, lecteur.lire(une.sujet, une.prive)) for une in entrees]


def histoire_pour(
    lecteur: str, objet: str, tus: Container[str] = frozenset()
) -> list[dict[str, Any]]:
    """What happened to an object, as a person may take it away: others are not named, some gestures not told."""
    return [
        {
            "instant": une["instant"],
            "geste": une["geste"],
            "par": "vous" if une["auteur"] == lecteur else "une autre personne",
            "motif": une["motif"],
            "valeurs": une["prive"],
        }
        for une in histoire(objet)
        if une["geste"] not in tus
    ]


def _raconter(une: Entree, prive: dict[str, Any] | None) -> dict[str, Any]:
    motif = EFFACE if prive is None else prive.pop(MOTIF, "")
    return {
        "rang": une.rang,
        "instant": une.instant.isoformat(),
        "auteur": une.auteur,
        "pour": une.pour,
        "geste": une.geste,
        "motif": une.motif or motif,
        "avant": une.avant,
        "apres": une.apres,
        "prive": prive,
        "empreinte": une.empreinte,
    }
