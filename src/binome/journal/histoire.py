"""The whole story of one object, readable by who may, year after year."""

from __future__ import annotations

from typing import Any

from binome.journal.models import Entree
from binome.journal.secrets import Lecteur


def histoire(objet: str) -> list[dict[str, Any]]:
    """Every entry about an object, in order; `prive` is None where the person was forgotten."""
    entrees = list(Entree.objects.filter(objet=objet).order_by("rang"))
    lecteur = Lecteur(une.sujet for une in entrees if une.prive)
    return [
        {
            "rang": une.rang,
            "instant": une.instant.isoformat(),
            "auteur": une.auteur,
            "pour": une.pour,
            "geste": une.geste,
            "motif": une.motif,
            "avant": une.avant,
            "apres": une.apres,
            "prive": lecteur.lire(une.sujet, une.prive),
            "empreinte": une.empreinte,
        }
        for une in entrees
    ]
