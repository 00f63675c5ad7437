"""The data folder: its owner's alone, with everything in it."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final

from django.core.exceptions import ImproperlyConfigured

from binome.socle.nombres import lire_entier

if TYPE_CHECKING:
    from collections.abc import Mapping
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


def lire_la_place(environnement: Mapping[str, str]) -> int:
    """The bytes of BINOME_PLACE_MINIMALE, given in megabytes. Raises ImproperlyConfigured."""
    megaoctets = lire_entier(environnement.get("BINOME_PLACE_MINIMALE", "") or "200", chiffres=9)
    if megaoctets is None:
        raise ImproperlyConfigured(
            "BINOME_PLACE_MINIMALE est un nombre de mégaoctets, par exemple 200."
        )
    return megaoctets * 1_000_000
