"""How much a table may hold, whichever door it comes by: more than any real one, less than a bomb."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from binome.lots.erreurs import TravailImpossible

if TYPE_CHECKING:
    from collections.abc import Sequence

MO: Final = 1_000_000
OCTETS: Final = 100 * MO
"""Bytes of a file, the most generous door's: the others ask for less before."""
DEPLIES: Final = 200 * MO
"""Bytes that a workbook may hold once unpacked; 200 000 rows of every fact take about half."""
LIGNES: Final = 1_000_000
COLONNES: Final = 100
CELLULES: Final = 8 * MO
"""Cells of the rectangle that a sheet spans: a spreadsheet's reader makes room for each."""
CELLULE: Final = 1000
"""Characters of a cell."""
TITRE: Final = 200
"""Characters of a column's name."""
TEXTE: Final = 200 * MO
"""Bytes of all the cells of a table."""
LIGNE: Final = 50_000
"""Characters of a line of a CSV."""

Accord = Callable[[float, int], None]
"""Grants what comes next so many seconds of processor, and so many bytes besides those in use."""


def sans_accord(secondes: float, octets: int) -> None:
    """Grants everything: for who is not behind the wall."""


def demesure(nom: str) -> TravailImpossible:
    """What is said of a file that would grow beyond measure."""
    return TravailImpossible(f"{nom} : trop gros une fois déplié ; coupez-le en plusieurs")


def verifier_entetes(entetes: Sequence[str], nom: str) -> None:
    """Bounds the names of the columns before anything is looked for among them. Raises TravailImpossible."""
    if len(entetes) > COLONNES:
        raise TravailImpossible(f"{nom} : plus de {COLONNES} colonnes")
    if any(len(entete) > TITRE for entete in entetes):
        raise TravailImpossible(f"{nom} : le nom d’une colonne dépasse {TITRE} signes")
