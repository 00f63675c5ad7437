"""The shelf of the letters: whole files under random names, and no file that nobody knows of."""

from __future__ import annotations

import os
import re
import secrets
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.conf import settings

from binome.dossiers.models import Decision

if TYPE_CHECKING:
    from datetime import timedelta

RAYON: Final = "lettres"
_NOM: Final = re.compile(r"lettres/[0-9a-f]{40}\.pdf")


def chemin_de(nom: str) -> Path:
    """Where a letter is, by its stored name. Raises ValueError for a name that is not one of ours."""
    if not _NOM.fullmatch(nom):
        msg = "ce n’est pas le nom d’une lettre"
        raise ValueError(msg)
    return Path(settings.MEDIA_ROOT) / nom


def _synchroniser(dossier: Path) -> None:
    descripteur = os.open(dossier, os.O_RDONLY)
    try:
        os.fsync(descripteur)
    finally:
        os.close(descripteur)


def ranger(contenu: bytes) -> str:
    """Puts a letter on the shelf; its stored name. Once given, the whole file is on the disk.

    Raises OSError when the disk refuses; nothing is then left under a letter's name.
    """
    nom = f"{RAYON}/{secrets.token_hex(20)}.pdf"
    chemin = chemin_de(nom)
    chemin.parent.mkdir(parents=True, exist_ok=True)
    provisoire = chemin.with_suffix(".partiel")
    try:
        with provisoire.open("xb") as fichier:
            fichier.write(contenu)
            fichier.flush()
            os.fsync(fichier.fileno())
        provisoire.rename(chemin)
    except OSError:
        provisoire.unlink(missing_ok=True)
        raise
    _synchroniser(chemin.parent)
    return nom


def jeter(nom: str) -> None:
    """Takes away a letter that no decision names."""
    chemin_de(nom).unlink(missing_ok=True)


def balayer(age: timedelta) -> int:
    """Takes away what a killed runner left: files older than `age` that no decision names."""
    rayon = Path(settings.MEDIA_ROOT) / RAYON
    if not rayon.is_dir():
        return 0
    limite = time.time() - age.total_seconds()
    anciens = [un for un in rayon.iterdir() if un.is_file() and un.stat().st_mtime <= limite]
    otes = 0
    for debut in range(0, len(anciens), 500):
        lot = anciens[debut : debut + 500]
        connus = set(
            Decision.objects.filter(sceau__in=[f"{RAYON}/{un.name}" for un in lot])
            .order_by("pk")
            .values_list("sceau", flat=True)
        )
        for un in lot:
            if f"{RAYON}/{un.name}" not in connus:
                un.unlink(missing_ok=True)
                otes += 1
    return otes
