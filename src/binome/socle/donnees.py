"""The data folder: its owner's alone, with everything in it."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

PRIVE: Final = 0o077
"""The umask of every process of the house: what it makes, others do not read."""
DOSSIER: Final = 0o700
FICHIER: Final = 0o600


def proteger(dossier: Path) -> None:
    """Makes the folder if need be, and closes to others what an older version left open in it.

    A folder or a file that belongs to someone else is left as it is. Raises OSError.
    """
    dossier.mkdir(mode=DOSSIER, parents=True, exist_ok=True)
    with contextlib.suppress(PermissionError):
        dossier.chmod(DOSSIER)
    for base in dossier.glob("*.sqlite3*"):
        with contextlib.suppress(PermissionError, FileNotFoundError):
            base.chmod(FICHIER)
