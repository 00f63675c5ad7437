"""Texts that a spreadsheet does not run: what it would take for a formula is kept as text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import polars as pl

_DANGEREUX: Final = r"^\s*[=+\-@|%]|^[\t\r\n]"
_INTERDITS: Final = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x{fffe}\x{ffff}]"
_FORMULE: Final = re.compile(_DANGEREUX)
_SIGNES: Final = re.compile(_INTERDITS.replace(r"\x{fffe}\x{ffff}", "\ufffe\uffff"))


def inoffensif(texte: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe goes before what could be one.

    What no workbook may hold is taken out.
    """
    propre = _SIGNES.sub("", texte)
    return f"'{propre}" if _FORMULE.match(propre) else propre


def inoffensifs(frame: pl.DataFrame) -> pl.DataFrame:
    """The same of every text of a table."""
    import polars as pl  # noqa: PLC0415 - only a lot pays for it

    textes = pl.col(pl.String).str.replace_all(_INTERDITS, "")
    return frame.with_columns(textes.str.replace(_DANGEREUX, "'$0"))
