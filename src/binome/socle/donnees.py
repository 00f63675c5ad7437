"""The data folder: its owner's alone, with everything in it."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Final

from django.core.exceptions import ImproperlyConfigured

from binome.reglages.declarations import DONNEES
from binome.systeme import raison

if TYPE_CHECKING:
    from pathlib import Path

PRIVE: Final = 0o077
"""The umask of every process of the house: what it makes, others do not read."""
DOSSIER: Final = 0o700
FICHIER: Final = 0o600


def pourquoi_pas(dossier: Path) -> str:
    """Why it cannot be the folder of the data, in words; empty when it is one, or may be made. Changes nothing."""
    la = next(lieu for lieu in (dossier, *dossier.parents) if lieu.exists())
    if not la.is_dir():
        return f"{la} n’est pas un dossier"
    if la != dossier and os.statvfs(la).f_blocks == 0:
        return f"{la} ne garde aucun fichier"  # /proc, /sys: what the system says of itself
    return ""


def proteger(dossier: Path) -> None:
    """Makes the folder if need be, and closes to others what an older version left open in it.

    A folder or a file that belongs to someone else is left as it is. Raises ImproperlyConfigured where no folder
    can be, and OSError.
    """
    try:
        dossier.mkdir(mode=DOSSIER, parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError, FileNotFoundError) as erreur:
        raise ImproperlyConfigured(
            f"Le dossier des données ne peut pas être {dossier} : "
            f"{pourquoi_pas(dossier) or raison(erreur)}. Donnez un dossier dans {DONNEES.nom}."
        ) from erreur
    with contextlib.suppress(PermissionError):
        dossier.chmod(DOSSIER)
    for base in dossier.glob("*.sqlite3*"):
        with contextlib.suppress(PermissionError, FileNotFoundError):
            base.chmod(FICHIER)
