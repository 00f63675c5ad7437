"""What a tablet sends, read strictly: refused whole when it is not a lot of ours; each line is judged after."""

from __future__ import annotations

import base64
import binascii
import json
from datetime import UTC, datetime
from typing import Any, Final, TypeVar
from uuid import UUID

from binome.presences.etats import MoyenDeSignature
from binome.presences.recevoir import SignatureRecue

_T = TypeVar("_T", str, int)
OCTETS: Final = 1_000_000
"""Bytes of one lot: twenty drawings of 30 kB, written in base 64, and what goes with them."""
LIGNES: Final = 100
EXACT: Final = 5
"""Seconds within which a clock is right: a request takes as much to come."""


class LotIllisible(ValueError):
    """Nothing of it can be read; its message is for the person."""


def lire_le_lot(corps: bytes, maintenant: datetime) -> list[SignatureRecue]:
    """The signatures of a lot, with how late the clock of the device was when it sent. Raises LotIllisible."""
    try:
        brut = json.loads(corps)
        envoye_le = _instant(brut["envoye_le"])
        lignes = brut["envois"]
        if not isinstance(lignes, list) or not 1 <= len(lignes) <= LIGNES:
            raise LotIllisible(f"Un envoi porte de une à {LIGNES} signatures.")
        ecart = round((maintenant - envoye_le).total_seconds())
        retard = 0 if abs(ecart) <= EXACT else ecart
        return [_ligne(une, retard) for une in lignes]
    except LotIllisible:
        raise
    except (ValueError, KeyError, TypeError, RecursionError, OverflowError):
        raise LotIllisible(
            "Cet envoi n’est pas lisible : il reste sur la tablette. Rechargez la page, puis recommencez."
        ) from None


def _instant(texte: object) -> datetime:
    """An instant with its zone. Raises ValueError, TypeError."""
    instant = datetime.fromisoformat(_tel(texte, str))
    if instant.tzinfo is None:
        raise ValueError("sans fuseau")
    return instant.astimezone(UTC)


def _tel(valeur: Any, genre: type[_T]) -> _T:
    if type(valeur) is not genre:
        raise TypeError(genre.__name__)
    return valeur


def _ligne(brute: dict[str, object], retard: int) -> SignatureRecue:
    try:
        image = base64.b64decode(_tel(brute["image"], str), validate=True)
    except binascii.Error:
        image = b""  # refused by name, as a drawing that is missing
    return SignatureRecue(
        uid=UUID(_tel(brute["uid"], str)),
        parcours=_tel(brute["parcours"], int),
        moyen=MoyenDeSignature.TABLETTE,
        signee_le=_instant(brute["signee_le"]),
        retard_d_horloge=retard,
        appareil=_tel(brute.get("appareil", ""), str),
        image=image,
    )
