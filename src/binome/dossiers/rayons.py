"""The shelves of dossiers: their documents and page images, what is suspect, their sealed letters."""

from __future__ import annotations

from typing import Final

from binome.dossiers.models import Decision, Dossier, PageDApercu, Piece, Quarantaine
from binome.etagere import registre
from binome.etagere.rayon import Rayon
from binome.etagere.registre import Rangement

LETTRES: Final = Rayon("lettres", ("pdf",))
PIECES: Final = Rayon("pieces", ("pdf", "jpg", "png"))
QUARANTAINE: Final = Rayon("quarantaine", ("bin",))
APERCUS: Final = Rayon("apercus", ("webp",), derivable=True)
"""The page images of documents: drawn again from them when lost, so no backup keeps them."""


def declarer_les_rayons() -> None:
    """Says which columns name files of these shelves, and that all are of a dossier."""
    registre.declarer(
        Rangement(LETTRES, Decision, "sceau", Dossier, "dossier"),
        Rangement(PIECES, Piece, "fichier", Dossier, "dossier"),
        Rangement(QUARANTAINE, Quarantaine, "fichier", Dossier, "dossier"),
        Rangement(APERCUS, PageDApercu, "fichier", Dossier, "piece__dossier"),
    )
