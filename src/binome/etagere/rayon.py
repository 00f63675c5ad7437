"""One shelf: a folder outside the web whose files are whole, and never change."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from binome.ecriture import entier
from binome.socle.emports import declarer_rayon


@dataclass(frozen=True)
class Rayon:
    """One shelf: its folder under MEDIA_ROOT, and the suffixes of its files.

    It is backed up, unless it is `derivable`: everything on it can be made again.
    """

    nom: str
    suffixes: tuple[str, ...]
    derivable: bool = False

    def __post_init__(self) -> None:
        """Tells the backups of the shelf."""
        declarer_rayon(self.nom, derivable=self.derivable)

    def dossier(self) -> Path:
        """Where its files are; it comes with the first of them."""
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

    def intact(self, nom: str, empreinte: str) -> bytes | None:
        """The bytes of a file, as long as their SHA-256 is that one; None when they are lost or changed."""
        try:
            contenu = self.lire(nom)
        except (OSError, ValueError):
            return None
        return contenu if hashlib.sha256(contenu).hexdigest() == empreinte else None

    def ranger(self, contenu: bytes, suffixe: str = "") -> str:
        """Puts a file on the shelf; its stored name. Once given, the whole file is on the disk.

        Raises OSError when the disk refuses; nothing is then left under a stored name.
        """
        nom = f"{self.nom}/{secrets.token_hex(20)}.{suffixe or self.suffixes[0]}"
        chemin = self.chemin_de(nom)
        chemin.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with entier(chemin) as fichier:
            fichier.write(contenu)
        return nom

    def jeter(self, nom: str) -> None:
        """Takes away a file that no row names."""
        self.chemin_de(nom).unlink(missing_ok=True)
