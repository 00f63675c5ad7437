"""A list to take away, written as its rows come: memory does not grow with them, and nothing in it runs."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import IO, TYPE_CHECKING

from binome.lots.inoffensif import cellules, inoffensif

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


Cellule = str | int | date


def _inoffensives(lignes: Iterable[Sequence[Cellule]]) -> Iterator[list[str]]:
    for ligne in lignes:
        yield [inoffensif(str(valeur)) for valeur in ligne]


def ecrire_csv(
    titres: Sequence[str], lignes: Iterable[Sequence[Cellule]], sortie: IO[bytes]
) -> int:
    """A text table that spreadsheets open as it is; how many rows it holds under its headings."""
    texte = io.TextIOWrapper(sortie, "utf-8-sig", newline="", write_through=True)
    table = csv.writer(texte, delimiter=";")
    table.writerow(titres)
    nombre = 0
    for nombre, ligne in enumerate(_inoffensives(lignes), 1):  # noqa: B007 - the count is the answer
        table.writerow(ligne)
    texte.detach()
    return nombre


def ecrire_xlsx(
    feuille: str, titres: Sequence[str], lignes: Iterable[Sequence[Cellule]], sortie: IO[bytes]
) -> int:
    """A workbook of one sheet, texts as texts and days as days; how many rows it holds under its headings."""
    from openpyxl import Workbook  # noqa: PLC0415 - workbooks only

    classeur = Workbook(write_only=True)
    onglet = classeur.create_sheet(feuille)
    onglet.append(list(titres))
    nombre = 0
    for nombre, ligne in enumerate(lignes, 1):  # noqa: B007 - the same
        onglet.append(cellules(onglet, ligne))
    classeur.save(sortie)
    return nombre
