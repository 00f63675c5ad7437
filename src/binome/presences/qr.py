"""A code that a telephone reads, as a drawing of a page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Final

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

BORD: Final = 4
"""White modules around, which readers ask for."""


@dataclass(frozen=True)
class CodeDessine:
    """The path of an SVG, and the side of its square in modules."""

    trace: str
    cote: int


@lru_cache(maxsize=256)
def dessiner(texte: str) -> CodeDessine:
    """The drawing of a text; the same for a turn, whoever asks."""
    code = QRCode(border=BORD, error_correction=ERROR_CORRECT_M)
    code.add_data(texte)
    code.make(fit=True)
    lignes = code.get_matrix()
    traits = []
    for y, ligne in enumerate(lignes):
        x = 0
        for noir, suite in groupby(ligne):
            longueur = len(list(suite))
            if noir:
                traits.append(f"M{x} {y}h{longueur}v1h-{longueur}z")
            x += longueur
    return CodeDessine("".join(traits), len(lignes))
