"""What a reader chose for the person who sent a table: said in a sentence, which never quotes the file."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from binome.lots.masques import RangMasque, en_liste

if TYPE_CHECKING:
    from collections.abc import Sequence

Dire = Callable[[str], None]
"""Hears one sentence."""


def ne_rien_dire(phrase: str) -> None:
    """For who has nobody to tell."""


def feuilles_laissees(montrees: int) -> str:
    """Of a workbook whose first shown sheet is read, when it shows several."""
    return f"Le classeur montre {montrees} feuilles : seule la première est lue."


ANCIEN_CODAGE = (
    "Le fichier n’est pas en UTF-8 : il est lu comme un CSV d’Excel (Windows-1252). Vérifiez les accents "
    "dans les noms."
)


def lignes_masquees(rangs: Sequence[RangMasque]) -> str:
    """Of hidden rows that are read all the same."""
    if len(rangs) == 1:
        return f"Le tableur masque 1 ligne ({en_liste(rangs)}) : elle est lue comme les autres."
    return f"Le tableur masque {len(rangs)} lignes ({en_liste(rangs)}) : elles sont lues comme les autres."
