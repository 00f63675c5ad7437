"""The chain: what an entry's hash is taken over, and whether the whole still holds."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from datetime import UTC
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from binome.journal.models import Entree, Tete

if TYPE_CHECKING:
    from collections.abc import Iterable

ORIGINE: Final = "0" * 64
"""What the first entry follows."""


class Rupture(NamedTuple):
    """Where the chain breaks, and why in French."""

    rang: int
    raison: str


def contenu(entree: Entree) -> dict[str, Any]:
    """What an entry says, as its hash and its leaf are taken over."""
    return {
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
        # Left out when empty: entries written before it existed keep their hash.
        **({"lignes": entree.lignes} if entree.lignes else {}),
    }


canonique: Final = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":")
).encode
"""One text for one value, whoever writes it."""


def empreinte(entree: Entree) -> str:
    """The SHA-256 of an entry, the one before included, in hexadecimal."""
    return hashlib.sha256(canonique(contenu(entree)).encode()).hexdigest()


def tete() -> tuple[int, str]:
    """How many entries the chain counts, and the hash of the last one: an anchor to keep elsewhere."""
    une = Tete.objects.filter(pk=1).first()
    return (0, ORIGINE) if une is None else (une.rang, une.empreinte)


def verifier(
    entrees: Iterable[Entree] | None = None, *, ancres: Iterable[tuple[int, str]] = ()
) -> Rupture | None:
    """The first place where the chain breaks; None when every link holds, down to its head.

    `ancres` are heads that were kept elsewhere: a chain cut or forged again, head included, is seen by
    them alone. Entries may be appended meanwhile. Memory does not grow with the journal.
    """
    attendues: defaultdict[int, set[str]] = defaultdict(set)
    for compte, notee in ancres:
        attendues[compte].add(notee)
    if attendues.get(0, {ORIGINE}) != {ORIGINE}:
        return Rupture(0, "une ancre sans entrée ne désigne pas l’origine")
    # Read first: what is appended while we read must not look like a forgery.
    debut = tete()
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
        if rang in attendues and attendues[rang] != {entree.empreinte}:
            return Rupture(rang, f"l’entrée {rang} n’est pas celle de l’ancre")
        if entrees is None and rang == debut[0] and entree.empreinte != debut[1]:
            return Rupture(rang, f"l’entrée {rang} n’est pas celle que la tête désigne")
        precedente = entree.empreinte
    ancree = max(attendues, default=0)
    if ancree > rang:
        return Rupture(ancree, f"l’ancre compte {ancree} entrées, il n’en reste que {rang}")
    return None if entrees is not None else _fin(rang, debut[0])


def _fin(rang: int, debut: int) -> Rupture | None:
    """Whether the entries stop where the head says."""
    if rang < debut:
        return Rupture(rang + 1, f"les entrées s’arrêtent à {rang}, la chaîne en compte {debut}")
    fin, _ = tete()
    if rang > fin:
        return Rupture(fin + 1, f"l’entrée {fin + 1} est derrière la tête de la chaîne")
    return None
