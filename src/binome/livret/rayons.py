"""The shelf of signatures drawn on the other's phone: swept, backed up and erased with what names them."""

from __future__ import annotations

from typing import Final

from binome.dossiers.models import Dossier
from binome.etagere import registre
from binome.etagere.rayon import Rayon
from binome.etagere.registre import Rangement
from binome.livret.models import SignatureDeCarte

DESSINS: Final = Rayon("signatures-de-cartes", ("png",))


def declarer_le_rayon() -> None:
    """Says which column names its files, and whose they are."""
    registre.declarer(
        Rangement(DESSINS, SignatureDeCarte, "image", Dossier, "carte__parcours__dossier")
    )
