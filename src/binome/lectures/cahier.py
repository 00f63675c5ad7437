"""The notebook: a file that openings are appended to while a page is read, for reading never writes to the database.

Several processes write in it; one sets it aside under another name when the jobs take it, and the next
line starts another one. The lock of the file says that nobody is in the middle of a line meanwhile.
"""

from __future__ import annotations

import errno
import fcntl
import os
import secrets
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Iterable

NOM: Final = "cahier.jsonl"
ATTENTE: Final = ".attente"
"""How the name of a notebook ends that the jobs are to bring in."""
RETARD: Final = 3600
"""Seconds after which what waits says that the jobs do not take it."""


def _place() -> Path:
    return Path(settings.LECTURES)


def _ouvrir(chemin: Path) -> int:
    """A descriptor that only appends, in a folder of the owner's. Raises OSError."""
    modes = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC
    try:
        return os.open(chemin, modes, 0o600)
    except FileNotFoundError:
        chemin.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return os.open(chemin, modes, 0o600)


def _est_toujours(descripteur: int, chemin: Path) -> bool:
    """Whether the open file still bears its name: it may have been set aside since it was opened."""
    try:
        return os.path.samestat(os.fstat(descripteur), chemin.stat())
    except FileNotFoundError:
        return False


def ajouter(lignes: Iterable[str]) -> None:
    """Appends lines in one write. Raises OSError when they could not all be written."""
    # A line feed before each: after a line that a full disk cut, the next one is whole.
    octets = "".join(f"\n{ligne}\n" for ligne in lignes).encode()
    chemin = _place() / NOM
    while True:
        descripteur = _ouvrir(chemin)
        try:
            fcntl.flock(descripteur, fcntl.LOCK_SH)
            if _est_toujours(descripteur, chemin):
                if os.write(descripteur, octets) != len(octets):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                return
        finally:
            os.close(descripteur)


def detacher() -> list[Path]:
    """Sets the notebook aside; all those that wait, the oldest first. Raises OSError."""
    place = _place()
    if not place.is_dir():
        return []
    chemin = place / NOM
    if chemin.exists():
        descripteur = _ouvrir(chemin)
        try:
            fcntl.flock(descripteur, fcntl.LOCK_EX)
            if _est_toujours(descripteur, chemin) and os.fstat(descripteur).st_size:
                # The time first, so that names are in order; a draw, for the clock may stand still.
                chemin.rename(place / f"{time.time_ns():020}-{secrets.token_hex(4)}{ATTENTE}")
        finally:
            os.close(descripteur)
    return sorted(place.glob(f"*{ATTENTE}"))


def empechement() -> str:
    """What keeps openings from being written or brought in, in a few words; empty when nothing does."""
    place = _place()
    if not place.is_dir():
        return ""
    if not os.access(place, os.W_OK):
        return "cahier fermé"
    limite = time.time() - RETARD
    try:
        retard = any(une.stat().st_mtime < limite for une in place.glob(f"*{ATTENTE}"))
    except FileNotFoundError:
        return ""  # brought in meanwhile
    return "cahier en retard" if retard else ""
