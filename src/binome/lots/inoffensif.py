"""Texts that a spreadsheet does not run: what it would take for a formula is kept as text.

A workbook says of each cell what it is: nothing is added there. A CSV cannot, and an apostrophe goes before what a
spreadsheet would run; it comes off again when the table comes back.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    import polars as pl

_DANGEREUX: Final = r"^\s*[=+\-@|%]|^[\t\r\n]"
_NOMBRE: Final = r"^[+-] ?\d[\d .,\u{a0}\u{202f}]*$"
"""A telephone or a number below zero: nothing in it runs."""
_INTERDITS: Final = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x{fffe}\x{ffff}]"
_FORMULE: Final = re.compile(_DANGEREUX)
_CHIFFRES: Final = re.compile(_NOMBRE.replace(r"\u{a0}\u{202f}", "\u00a0\u202f"))
_GARDE: Final = re.compile(r"^'(?=\s*[=+\-@|%]|[\t\r\n])")
_SIGNES: Final = re.compile(_INTERDITS.replace(r"\x{fffe}\x{ffff}", "\ufffe\uffff"))


def inoffensif(texte: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe goes before what could be one.

    What no workbook may hold is taken out.
    """
    propre = _SIGNES.sub("", texte)
    return f"'{propre}" if _FORMULE.match(propre) and not _CHIFFRES.match(propre) else propre


def sans_garde(texte: str) -> str:
    """A text that came back, without the apostrophe that was put before it."""
    return _GARDE.sub("", texte)


def cellules(feuille: Any, valeurs: Iterable[object]) -> list[object]:
    """The cells of a row of a workbook: a text stays a text, whatever it looks like; a day is a day."""
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - workbooks only

    rangee: list[object] = []
    for valeur in valeurs:
        if isinstance(valeur, str):
            texte = _SIGNES.sub("", valeur)
            if texte.startswith("'") or _FORMULE.match(texte):
                # Kept a text even when somebody opens the cell and closes it again.
                cellule = WriteOnlyCell(feuille, texte)
                cellule.data_type, cellule.quotePrefix = "s", True
                rangee.append(cellule)
            else:
                rangee.append(texte)
        elif isinstance(valeur, date):
            cellule = WriteOnlyCell(feuille)
            cellule.value = valeur
            cellule.number_format = "dd/mm/yyyy"
            rangee.append(cellule)
        else:
            rangee.append(valeur)
    return rangee


def inoffensifs(frame: pl.DataFrame) -> pl.DataFrame:
    """The same of every text of a table."""
    import polars as pl  # noqa: PLC0415 - only a lot pays for it

    textes = pl.col(pl.String).str.replace_all(_INTERDITS, "")
    garde = textes.str.replace(_DANGEREUX, "'$0")
    return frame.with_columns(
        pl.when(textes.str.contains(_NOMBRE)).then(textes).otherwise(garde).name.keep()
    )
