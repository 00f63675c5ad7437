"""What a tablet sends, read strictly: refused whole when it is not a lot of ours; each line is judged after."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Final
from uuid import UUID

from binome.habillage.envois_recus import (
    ILLISIBLES,
    LotIllisible,
    lire_l_enveloppe,
    lire_un_instant,
    tel,
)
from binome.presences.etats import MoyenDeSignature
from binome.presences.recevoir import SignatureRecue

if TYPE_CHECKING:
    from datetime import datetime

OCTETS: Final = 1_000_000
"""Bytes of one lot: twenty drawings of 30 kB, written in base 64, and what goes with them."""
LIGNES: Final = 100


def lire_le_lot(corps: bytes, maintenant: datetime) -> list[SignatureRecue]:
    """The signatures of a lot, with how late the clock of the device was when it sent. Raises LotIllisible."""
    try:
        lot = lire_l_enveloppe(corps, maintenant, lignes=LIGNES, quoi="signatures")
        return [_ligne(une, lot.retard) for une in lot.lignes]
    except LotIllisible:
        raise
    except ILLISIBLES:
        raise LotIllisible(
            "Cet envoi n’est pas lisible : il reste sur la tablette. Rechargez la page, puis recommencez."
        ) from None


def _ligne(brute: dict[str, object], retard: int) -> SignatureRecue:
    try:
        image = base64.b64decode(tel(brute["image"], str), validate=True)
    except binascii.Error:
        image = b""  # refused by name, as a drawing that is missing
    return SignatureRecue(
        uid=UUID(tel(brute["uid"], str)),
        parcours=tel(brute["parcours"], int),
        moyen=MoyenDeSignature.TABLETTE,
        signee_le=lire_un_instant(brute["signee_le"]),
        retard_d_horloge=retard,
        appareil=tel(brute.get("appareil", ""), str),
        image=image,
    )
