"""The files of a lot: random names, in one folder, gone with the lot."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from binome.api.models import Lot


def dossier() -> Path:
    """Where the files are; made on first use, closed to other users."""
    chemin = Path(settings.MEDIA_ROOT) / "lots"
    chemin.mkdir(mode=0o700, parents=True, exist_ok=True)
    return chemin


def nouveau_nom() -> str:
    """A name that nobody guesses."""
    return secrets.token_hex(16)


def recu(lot: Lot) -> Path:
    """The table as it was sent; deleted once decided."""
    return dossier() / f"{lot.fichier}-recu{lot.sorte}"


def resultat(lot: Lot) -> Path:
    """The decided table."""
    return dossier() / f"{lot.fichier}-resultat{lot.sorte}"


def ecartes(lot: Lot) -> Path:
    """The rows set aside, one JSON object a line."""
    return dossier() / f"{lot.fichier}-ecartes.jsonl"


def effacer(lot: Lot) -> None:
    """Deletes every file of a lot."""
    for chemin in (recu(lot), resultat(lot), ecartes(lot)):
        chemin.unlink(missing_ok=True)
