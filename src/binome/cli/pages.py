"""A whole page, shown or written."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def ecrire_page(page: str, sortie: Path | None) -> None:
    """Shows a page, or writes it whole. Raises TravailImpossible when it cannot be written."""
    if sortie is None:
        sys.stdout.write(page)
        return
    from binome.lots.tableaux import ecrire_octets  # noqa: PLC0415 - only when writing

    ecrire_octets(page.encode(), sortie)
