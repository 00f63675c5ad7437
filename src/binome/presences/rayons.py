"""The shelf of drawn signatures: swept, backed up and erased with what names them."""

from __future__ import annotations

from typing import Final

from binome.dossiers.models import Dossier
from binome.etagere import registre
from binome.etagere.rayon import Rayon
from binome.etagere.registre import Rangement
from binome.presences.models import Signature

SIGNATURES: Final = Rayon("signatures", ("png",))
"""Under random names, as every shelf: named by its hash, one file would be two people's who drew the same, and the
erasure of one would take the other's."""


def declarer_le_rayon() -> None:
    """Says which column names its files, and whose they are."""
    registre.declarer(Rangement(SIGNATURES, Signature, "image", Dossier, "parcours__dossier"))
