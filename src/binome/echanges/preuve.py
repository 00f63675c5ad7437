"""What proves which file was exchanged: its size and its hash, kept of each that comes in or goes out."""

from __future__ import annotations

import hashlib
from typing import IO, Final, NamedTuple

MORCEAU: Final = 1 << 20


class Preuve(NamedTuple):
    """A file's bytes, how many, and their SHA-256."""

    octets: int
    empreinte: str


def preuve_de(fichier: IO[bytes]) -> Preuve:
    """The proof of a file, read from its start to its end; it is left at its start."""
    fichier.seek(0)
    octets, hachage = 0, hashlib.sha256()
    while morceau := fichier.read(MORCEAU):
        octets += len(morceau)
        hachage.update(morceau)
    fichier.seek(0)
    return Preuve(octets, hachage.hexdigest())
