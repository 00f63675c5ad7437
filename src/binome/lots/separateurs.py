"""What parts the cells of a CSV: what comes in as a French spreadsheet writes it goes out the same."""

from __future__ import annotations

import re
from typing import Final

ANNONCE: Final = re.compile(r"sep=([;,|\t])\s*", re.IGNORECASE)
"""The first line of a CSV that tells its separator, as spreadsheets write it: it names no column."""
TABLEUR: Final = ";"
"""The separator of French spreadsheets, which also want the mark that says UTF-8."""
DEBUT: Final = 50_000
"""Bytes in which the first line ends."""


def annonce(entete: str) -> str:
    """The separator that a first line announces; empty for a line of headings."""
    trouvee = ANNONCE.fullmatch(entete)
    return trouvee[1] if trouvee else ""


def separateur_de(entete: str) -> str:
    """The separator of a table, out of its first line."""
    return annonce(entete) or max(";,\t", key=entete.count)


def d_un_tableur(octets: bytes) -> bool:
    """Whether a CSV came as French spreadsheets write it."""
    entete = octets[:DEBUT].decode("utf-8-sig", errors="replace").partition("\n")[0]
    return ";" in entete and separateur_de(entete) == TABLEUR
