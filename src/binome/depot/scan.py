"""The scan of a printed sheet: what its squares say, read in a process apart, and the scan itself, shown or handed over."""

from __future__ import annotations

import json
from pathlib import PurePosixPath
from typing import Final

from django.http import HttpResponse

from binome.cloison.bornes import MO, Bornes
from binome.cloison.lancement import Tombe, lire

BORNES: Final = Bornes(memoire=700 * MO, calcul=20, duree=40, sortie=MO)
"""What the reading of the squares of a scan may spend."""
IMAGES: Final = ("image/jpeg", "image/png")
"""What a page shows; anything else is downloaded."""
ENTETES: Final = {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
}


def lire_les_carres(contenu: bytes) -> list[str]:
    """What each square of a document that was controlled holds; none where the reading fell. Raises CloisonPleine."""
    try:
        lus: list[str] = json.loads(lire("binome.depot.codes", entree=contenu, bornes=BORNES))
    except (Tombe, ValueError):
        return []
    return lus


def remettre(contenu: bytes, *, genre: str, nom: str, fichier: str) -> HttpResponse:
    """The scan itself, of type `genre`: an image is shown, a PDF is downloaded. `nom` takes the suffix of the stored `fichier`."""
    montree = genre in IMAGES
    disposition = "inline" if montree else "attachment"
    entier = f"{nom}{PurePosixPath(fichier).suffix}"
    return HttpResponse(
        contenu,
        content_type=genre if montree else "application/octet-stream",
        headers={**ENTETES, "Content-Disposition": f'{disposition}; filename="{entier}"'},
    )
