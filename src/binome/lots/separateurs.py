"""What parts the cells of a CSV: what comes in as a French spreadsheet writes it goes out the same."""

from __future__ import annotations

import csv
import re
from collections import Counter
from itertools import islice
from typing import Final

ANNONCE: Final = re.compile(r"sep=([;,|\t])\s*", re.IGNORECASE)
"""The first line of a CSV that tells its separator, as spreadsheets write it: it names no column."""
TABLEUR: Final = ";"
"""The separator of French spreadsheets, which also want the mark that says UTF-8."""
DEBUT: Final = 50_000
"""Bytes in which the first line ends."""
LUES: Final = 15
"""Lines that tell the separator of a text: the first may be a title."""


def annonce(entete: str) -> str:
    """The separator that a first line announces; empty for a line of headings."""
    trouvee = ANNONCE.fullmatch(entete)
    return trouvee[1] if trouvee else ""


def separateur_du(texte: str) -> str:
    """The separator of a text: what its first line announces, else what parts most of its first lines alike.

    Of two that do as well, the one that makes more cells.
    """
    debut = texte[:DEBUT].splitlines(keepends=True)
    if debut and (dite := annonce(debut[0])):
        return dite
    lignes = [ligne for ligne in debut if ligne.strip()]

    def semblables(signe: str) -> tuple[int, int]:
        rangs = islice(csv.reader(lignes, delimiter=signe), LUES)
        comptes = Counter(len(rang) for rang in rangs if len(rang) > 1)
        cellules, fois = comptes.most_common(1)[0] if comptes else (0, 0)
        return fois, cellules

    return max(";,\t", key=semblables)


def d_un_tableur(octets: bytes) -> bool:
    """Whether a CSV came as French spreadsheets write it."""
    entete = octets[:DEBUT].decode("utf-8-sig", errors="replace").partition("\n")[0]
    return ";" in entete and separateur_du(entete) == TABLEUR
