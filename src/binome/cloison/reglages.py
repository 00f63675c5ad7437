"""Settings of the wall, read from the environment: a terminal has no other, and no Django."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Final

UTILISATEUR: Final = "BINOME_CLOISON_UTILISATEUR"
PLACES: Final = "BINOME_CLOISON_PLACES"


def utilisateur() -> str:
    """The system's user that reads when root serves; `nobody` by default."""
    return os.environ.get(UTILISATEUR, "").strip() or "nobody"


def coeurs() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def places() -> int:
    """How many readings may run at a time on this instance; a text that is no number is the default."""
    texte = os.environ.get(PLACES, "").strip()
    return max(1, int(texte)) if texte.isdecimal() else max(2, coeurs())


def dossier() -> Path:
    """Where the locks are: one folder for all the processes of an instance.

    Raises OSError when none can be written, or when somebody else holds its name.
    """
    donnees = os.environ.get("BINOME_DONNEES", "")
    if donnees:
        chemin = Path(donnees) / "execution"
        chemin.mkdir(mode=0o700, parents=True, exist_ok=True)
        return chemin
    chemin = Path(tempfile.gettempdir()) / f"binome-execution-{os.getuid()}"
    chemin.mkdir(mode=0o700, exist_ok=True)
    etat = chemin.lstat()
    if etat.st_uid != os.getuid() or etat.st_mode & 0o077 or chemin.is_symlink():
        raise PermissionError(f"{chemin} : ce dossier n’est pas à cet utilisateur seul")
    return chemin
