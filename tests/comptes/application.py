"""An authenticator app, from the RFCs alone: what a phone shows for a secret, without asking the library."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from typing import Final

PERIODE: Final = 30
CHIFFRES: Final = 6


def code_de_rang(secret: str, rang: int) -> str:
    """The code of that rank (RFC 4226)."""
    empreinte = hmac.digest(base64.b32decode(secret), rang.to_bytes(8, "big"), hashlib.sha1)
    place = empreinte[-1] & 0x0F
    nombre = int.from_bytes(empreinte[place : place + 4], "big") & 0x7FFF_FFFF
    return f"{nombre % 10**CHIFFRES:0{CHIFFRES}}"


def code(secret: str) -> str:
    """The code of now (RFC 6238)."""
    return code_de_rang(secret, int(time.time()) // PERIODE)
