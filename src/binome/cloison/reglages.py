"""Settings of the wall: a terminal has them too, and no Django."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from binome.reglages.declarations import CLOISON_PLACES, CLOISON_UTILISATEUR, DONNEES


def utilisateur() -> str:
    """The system's user that reads when root serves; `nobody` by default."""
    return CLOISON_UTILISATEUR.lire() or "nobody"


def coeurs() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def places() -> int:
    """How many readings may run at a time on this instance."""
    return CLOISON_PLACES.lire() or max(2, coeurs())


def dossier() -> Path:
    """Where the locks are: one folder for all the processes of an instance.

    Raises OSError when none can be written, or when somebody else holds its name.
    """
    donnees = DONNEES.lire()
    if donnees is not None:
        chemin = donnees / "execution"
        chemin.mkdir(mode=0o700, parents=True, exist_ok=True)
        return chemin
    chemin = Path(tempfile.gettempdir()) / f"binome-execution-{os.getuid()}"
    chemin.mkdir(mode=0o700, exist_ok=True)
    etat = chemin.lstat()
    if etat.st_uid != os.getuid() or etat.st_mode & 0o077 or chemin.is_symlink():
        raise PermissionError(f"{chemin} : ce dossier n’est pas à cet utilisateur seul")
    return chemin
