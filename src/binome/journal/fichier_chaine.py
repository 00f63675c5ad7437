"""A file of lines that is only added to, outside the database: each line follows the hash of the one before."""

from __future__ import annotations

import fcntl
import hashlib
import os
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ORIGINE: Final = "0" * 64
"""What the first line follows."""


def octets(lieu: Path) -> bytes:
    """The whole lines; what a kill left of one is not. Raises OSError, but for a file that is away."""
    try:
        contenu = lieu.read_bytes()
    except FileNotFoundError:
        return b""
    return contenu[: contenu.rfind(b"\n") + 1]


def somme(ligne: bytes) -> str:
    """The SHA-256 of a line, without its end, in hexadecimal."""
    return hashlib.sha256(ligne).hexdigest()


@contextmanager
def tenir(lieu: Path) -> Iterator[tuple[IO[bytes], bytes]]:
    """The file, held by one process at a time, and its whole lines. Raises OSError.

    What was written is on the disk when the block ends.
    """
    lieu.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    neuf = not lieu.exists()
    descripteur = os.open(lieu, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descripteur, "ab") as fichier:
        fcntl.flock(descripteur, fcntl.LOCK_EX)
        contenu = octets(lieu)
        # Only when a kill cut a line: a disk that lets nobody shorten a file refuses even to keep its length.
        if os.fstat(descripteur).st_size != len(contenu):
            fichier.truncate(len(contenu))
        yield fichier, contenu
        fichier.flush()
        os.fsync(descripteur)
    if neuf:
        dossier = os.open(lieu.parent, os.O_RDONLY)
        try:
            os.fsync(dossier)
        finally:
            os.close(dossier)
