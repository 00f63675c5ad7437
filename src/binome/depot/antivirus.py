"""The antivirus hook: ClamAV's daemon, when one is configured. See `docs/pieces.md`."""

from __future__ import annotations

import socket
import struct
from typing import Final

from django.conf import settings

from binome.depot.flux import EICAR
from binome.depot.refus import PieceRefusee

MORCEAU: Final = 64 * 1024
PATIENCE: Final = 20.0
"""Seconds to wait for the daemon."""


def analyser(contenu: bytes) -> None:
    """Asks the daemon about a file; without one, only the test virus is known.

    Raises PieceRefusee for a virus, and when the configured daemon does not answer: a file that nobody
    could look at is not taken.
    """
    if EICAR in contenu:
        raise PieceRefusee("virus")
    if not settings.ANTIVIRUS:
        return
    try:
        verdict = _demander(settings.ANTIVIRUS, contenu)
    except (OSError, ValueError) as panne:
        raise PieceRefusee("sans_antivirus") from panne
    if verdict.endswith("FOUND"):
        raise PieceRefusee("virus")
    if not verdict.endswith("OK"):
        raise PieceRefusee("sans_antivirus")


def _ouvrir(adresse: str) -> socket.socket:
    """A connection to `/path/of/socket` or to `host:port`. Raises OSError, ValueError."""
    if adresse.startswith("/"):
        prise = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            prise.settimeout(PATIENCE)
            prise.connect(adresse)
        except OSError:
            prise.close()
            raise
        return prise
    hote, _, port = adresse.rpartition(":")
    return socket.create_connection((hote or "127.0.0.1", int(port)), timeout=PATIENCE)


def _demander(adresse: str, contenu: bytes) -> str:
    """The daemon's verdict, by its INSTREAM command. Raises OSError, ValueError."""
    with _ouvrir(adresse) as prise:
        prise.sendall(b"zINSTREAM\0")
        for debut in range(0, len(contenu), MORCEAU):
            morceau = contenu[debut : debut + MORCEAU]
            prise.sendall(struct.pack(">I", len(morceau)) + morceau)
        prise.sendall(struct.pack(">I", 0))
        reponse = b""
        while recu := prise.recv(4096):
            reponse += recu
            if reponse.endswith(b"\0"):
                break
    return reponse.rstrip(b"\0\n").decode("ascii", "replace")
