"""The shelves: whole files under random names, outside the web, and no file that nobody knows of."""

from __future__ import annotations

import os
import re
import secrets
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import timedelta

    Connus = Callable[[list[str]], set[str]]
    """Among these stored names, those that a row of the database names."""

PAQUET: Final = 500
"""Names asked of the database at a time."""


@dataclass(frozen=True)
class Rayon:
    """One shelf: its folder under MEDIA_ROOT, and the suffixes of its files."""

    nom: str
    suffixes: tuple[str, ...]

    def _dossier(self) -> Path:
        return Path(settings.MEDIA_ROOT) / self.nom

    def chemin_de(self, nom: str) -> Path:
        """Where a file is, by its stored name. Raises ValueError for a name that is not one of ours."""
        suffixes = "|".join(self.suffixes)
        if not re.fullmatch(rf"{self.nom}/[0-9a-f]{{40}}\.(?:{suffixes})", nom):
            msg = "ce n’est pas le nom d’un fichier de ce rayon"
            raise ValueError(msg)
        return Path(settings.MEDIA_ROOT) / nom

    def lire(self, nom: str) -> bytes:
        """The bytes of a file. Raises ValueError, OSError."""
        return self.chemin_de(nom).read_bytes()

    def ranger(self, contenu: bytes, suffixe: str = "") -> str:
        """Puts a file on the shelf; its stored name. Once given, the whole file is on the disk.

        Raises OSError when the disk refuses; nothing is then left under a stored name.
        """
        nom = f"{self.nom}/{secrets.token_hex(20)}.{suffixe or self.suffixes[0]}"
        chemin = self.chemin_de(nom)
        chemin.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        provisoire = chemin.with_suffix(".partiel")
        try:
            with provisoire.open("xb") as fichier:
                provisoire.chmod(0o600)
                fichier.write(contenu)
                fichier.flush()
                os.fsync(fichier.fileno())
            provisoire.rename(chemin)
        except OSError:
            provisoire.unlink(missing_ok=True)
            raise
        _synchroniser(chemin.parent)
        return nom

    def jeter(self, nom: str) -> None:
        """Takes away a file that no row names."""
        self.chemin_de(nom).unlink(missing_ok=True)

    def balayer(self, age: timedelta, connus: Connus) -> int:
        """Takes away what a kill left: files older than `age` that no row names."""
        rayon = self._dossier()
        if not rayon.is_dir():
            return 0
        limite = time.time() - age.total_seconds()
        anciens = [un for un in rayon.iterdir() if un.is_file() and un.stat().st_mtime <= limite]
        otes = 0
        for debut in range(0, len(anciens), PAQUET):
            lot = anciens[debut : debut + PAQUET]
            gardes = connus([f"{self.nom}/{un.name}" for un in lot])
            for un in lot:
                if f"{self.nom}/{un.name}" not in gardes:
                    un.unlink(missing_ok=True)
                    otes += 1
        return otes


LETTRES: Final = Rayon("lettres", ("pdf",))
PIECES: Final = Rayon("pieces", ("pdf", "jpg", "png"))
QUARANTAINE: Final = Rayon("quarantaine", ("bin",))


def _synchroniser(dossier: Path) -> None:
    descripteur = os.open(dossier, os.O_RDONLY)
    try:
        os.fsync(descripteur)
    finally:
        os.close(descripteur)
