"""The shelf of sealed titles and of their duplicates: swept, backed up and erased with what names them."""

from __future__ import annotations

from typing import Final

from binome.dossiers.models import Dossier
from binome.etagere import registre
from binome.etagere.rayon import Rayon
from binome.etagere.registre import Rangement
from binome.titres.models import Duplicata, Titre

PARCHEMINS: Final = Rayon("titres", ("pdf",))


def declarer_le_rayon() -> None:
    """Says which columns name its files, and whose they are."""
    registre.declarer(
        Rangement(PARCHEMINS, Titre, "fichier", Dossier, "parcours__dossier"),
        Rangement(PARCHEMINS, Duplicata, "fichier", Dossier, "titre__parcours__dossier"),
    )
