"""Writing a file whole or not at all: beside its place first, then in it, once it is on the disk."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

PARTIEL: Final = ".partiel"
"""How the name of a file ends while it is not whole."""


@contextmanager
def entier(chemin: Path, *, droits: int = 0o600) -> Iterator[IO[bytes]]:
    """A file to write, which takes its place when the block ends well, in that of another if need be.

    Raises OSError when the disk refuses; nothing is then left under its name, nor beside it.
    """
    dossier = chemin.absolute().parent
    with NamedTemporaryFile(dir=dossier, prefix=".", suffix=PARTIEL, delete=False) as fichier:
        provisoire = Path(fichier.name)
        try:
            yield fichier
            fichier.flush()
            os.fsync(fichier.fileno())
            provisoire.chmod(droits)
            provisoire.replace(chemin)
        except BaseException:
            provisoire.unlink(missing_ok=True)
            raise
    descripteur = os.open(dossier, os.O_RDONLY)
    try:
        os.fsync(descripteur)
    finally:
        os.close(descripteur)
