"""The shelves of the room: sealed invoices, and receipts."""

from __future__ import annotations

from typing import Final

from binome.comptes.models import Organisation
from binome.dossiers.models import Dossier
from binome.etagere import registre
from binome.etagere.rayon import Rayon
from binome.etagere.registre import Rangement
from binome.factures.models import Depense, Facture

FACTURES_SCELLEES: Final = Rayon("factures", ("pdf",))
JUSTIFICATIFS: Final = Rayon("justificatifs", ("pdf", "jpg", "png"))


def declarer_les_rayons() -> None:
    """Says which columns name their files, and whose they are."""
    registre.declarer(
        # A piece of the organisation's accounts, that names nobody who follows a training: it stays when a dossier is erased.
        Rangement(FACTURES_SCELLEES, Facture, "fichier", Organisation, "organisme"),
        Rangement(JUSTIFICATIFS, Depense, "fichier", Dossier, "prise_en_charge__parcours__dossier"),
    )
