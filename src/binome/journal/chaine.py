"""The chain: what an entry's hash is taken over, and whether the whole still holds."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC
from typing import TYPE_CHECKING, Final, NamedTuple

from binome.journal.models import Entree, Tete

if TYPE_CHECKING:
    from collections.abc import Iterable

ORIGINE: Final = "0" * 64
"""What the first entry follows."""


class Rupture(NamedTuple):
    """Where the chain breaks, and why in French."""

    rang: int
    raison: str


def empreinte(entree: Entree) -> str:
    """The SHA-256 of an entry, the one before included, in hexadecimal."""
    contenu = {
        "rang": entree.rang,
        "instant": entree.instant.astimezone(UTC).isoformat(timespec="microseconds"),
        "auteur": entree.auteur,
        "pour": entree.pour,
        "geste": entree.geste,
        "objet": entree.objet,
        "motif": entree.motif,
        "avant": entree.avant,
        "apres": entree.apres,
        "sujet": entree.sujet,
        "prive": entree.prive,
        "precedente": entree.precedente,
    }
    texte = json.dumps(contenu, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(texte.encode()).hexdigest()


def verifier(entrees: Iterable[Entree] | None = None) -> Rupture | None:
    """The first place where the chain breaks; None when every link holds, down to its head."""
    lues = Entree.objects.order_by("rang").iterator(2000) if entrees is None else entrees
    rang, precedente = 0, ORIGINE
    for entree in lues:
        rang += 1
        if entree.rang != rang:
            return Rupture(rang, f"l’entrée {rang} manque")
        if entree.precedente != precedente:
            return Rupture(rang, f"l’entrée {rang} ne suit pas la précédente")
        if empreinte(entree) != entree.empreinte:
            return Rupture(rang, f"l’entrée {rang} a été modifiée")
        precedente = entree.empreinte
    tete = Tete.objects.filter(pk=1).first()
    derniere = (0, ORIGINE) if tete is None else (tete.rang, tete.empreinte)
    if entrees is None and derniere != (rang, precedente):
        return Rupture(
            rang + 1, f"les entrées s’arrêtent à {rang}, la chaîne en compte {derniere[0]}"
        )
    return None
