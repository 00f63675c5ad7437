"""Reads a bank's file; run behind the wall, given its bytes: writes one JSON object, what was read or `{"refus": "why"}`.

Only the standard library, lxml and this room: nothing else is in reach of what a file could do.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from typing import Any

from binome.banque.lire_camt import lire_un_camt
from binome.banque.lire_csv import lire_un_csv
from binome.banque.mouvements import (
    TAILLE,
    FichierDeBanqueRefuse,
    ReleveDeBanque,
    empreinte_de,
)


def lire_un_releve(octets: bytes) -> ReleveDeBanque:
    """What came in by a file, CSV or camt.053, told apart by its first bytes. Raises FichierDeBanqueRefuse."""
    if len(octets) > TAILLE:
        raise FichierDeBanqueRefuse(f"le fichier dépasse {TAILLE // 1_000_000} Mo")
    if not octets.strip():
        raise FichierDeBanqueRefuse("ce fichier est vide")
    if octets.startswith(b"%PDF"):
        raise FichierDeBanqueRefuse(
            "c’est un PDF : demandez à votre banque un export en CSV, ou en camt.053"
        )
    if octets.startswith(b"PK"):
        raise FichierDeBanqueRefuse(
            "c’est un classeur ou une archive : enregistrez la feuille en CSV, ou donnez le camt.053 lui-même"
        )
    debut = octets.removeprefix(b"\xef\xbb\xbf").lstrip()
    lu = lire_un_camt(octets) if debut.startswith(b"<") else lire_un_csv(octets)
    return replace(lu, empreinte=empreinte_de(octets))


def lire(octets: bytes) -> dict[str, Any]:
    """What a file says, or why it is refused: whatever it does, an answer comes out."""
    try:
        return lire_un_releve(octets).en_json()
    except FichierDeBanqueRefuse as refus:
        return {"refus": str(refus)}
    except MemoryError:
        return {"refus": "ce fichier demande trop de mémoire"}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(lire(sys.stdin.buffer.read())))
