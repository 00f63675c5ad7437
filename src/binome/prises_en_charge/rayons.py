"""The shelves of the room: documents of requests, of scales, and sealed certificates."""

from __future__ import annotations

from typing import Final

from binome.comptes.models import Organisation
from binome.dossiers.models import Dossier
from binome.etagere import registre
from binome.etagere.rayon import Rayon
from binome.etagere.registre import Rangement
from binome.prises_en_charge.models import (
    BaremeDuPayeur,
    CertificatDeRealisation,
    DocumentDePriseEnCharge,
)

DOCUMENTS: Final = Rayon("prises-en-charge", ("pdf", "jpg", "png"))
BAREMES: Final = Rayon("baremes", ("pdf", "jpg", "png"))
CERTIFICATS_SCELLES: Final = Rayon("certificats-de-realisation", ("pdf",))


def declarer_les_rayons() -> None:
    """Says which columns name their files, and whose they are."""
    registre.declarer(
        Rangement(
            DOCUMENTS, DocumentDePriseEnCharge, "fichier", Dossier, "prise_en_charge__parcours__dossier"
        ),
        Rangement(BAREMES, BaremeDuPayeur, "fichier", Organisation, "payeur"),
        Rangement(
            CERTIFICATS_SCELLES, CertificatDeRealisation, "fichier", Dossier,
            "etat_de_service__prise_en_charge__parcours__dossier",
        ),
    )  # fmt: skip
