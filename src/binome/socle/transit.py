"""Files on their way: an upload that is received, a table that is read, a database that is copied.

They are in the data folder, and none outlives what it is for: only a kill leaves one, and the jobs take it away.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

COPIE: Final = ".sauvegarde-"
"""How the folder starts where the database is copied in clear, beside the live one, until it is encrypted."""
ABANDON: Final = timedelta(hours=1)
"""Older, a file on its way can only be what a kill left."""
ABANDON_D_UNE_COPIE: Final = timedelta(days=1)
"""The same of a copy of the database, which takes the time it takes."""


def place() -> Path:
    """The folder of what is on its way, its owner's alone. Raises OSError."""
    chemin = Path(settings.FILE_UPLOAD_TEMP_DIR)
    chemin.mkdir(mode=0o700, parents=True, exist_ok=True)
    return chemin


@contextmanager
def dossier_en_transit() -> Iterator[Path]:
    """A folder for as long as the block lasts. Raises OSError."""
    with tempfile.TemporaryDirectory(dir=place()) as dossier:
        yield Path(dossier)


@contextmanager
def place_a_part() -> Iterator[Path]:
    """A folder for what is in clear, on the disk of the data and never on that of the backups. Raises OSError."""
    with tempfile.TemporaryDirectory(dir=settings.DONNEES, prefix=COPIE) as dossier:
        yield Path(dossier)


def balayer() -> int:
    """One pass of the job: takes away what a kill left; how many."""
    maintenant = time.time()
    fichiers = [(un, ABANDON) for un in Path(settings.FILE_UPLOAD_TEMP_DIR).glob("*")]
    copies = [(un, ABANDON_D_UNE_COPIE) for un in Path(settings.DONNEES).glob(f"{COPIE}*")]
    otes = 0
    for chemin, age in (*fichiers, *copies):
        try:
            if chemin.stat().st_mtime > maintenant - age.total_seconds():
                continue
            if chemin.is_dir():
                shutil.rmtree(chemin)
            else:
                chemin.unlink()
        except FileNotFoundError:
            continue  # it ended meanwhile
        otes += 1
    return otes
