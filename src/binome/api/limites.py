"""How much a lot may weigh, once unpacked too: a small archive may hold a mountain."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Final

from binome.lots.erreurs import Refus

if TYPE_CHECKING:
    from pathlib import Path

OCTETS: Final = 20_000_000
LIGNES: Final = 200_000
DEPLIES: Final = 200_000_000
"""Bytes that a workbook may hold once unpacked; 200 000 rows of every fact take about half."""
COLONNES: Final = 100
DOSSIER_OCTETS: Final = 65_536


def verifier(chemin: Path, nom: str) -> None:
    """Refuses, before it is read, a table that would unpack into too much. Raises Refus."""
    match chemin.suffix:
        case ".xlsx":
            _classeur(chemin, nom)
        case ".parquet":
            _parquet(chemin, nom)
        case _:
            return


def _classeur(chemin: Path, nom: str) -> None:
    try:
        with zipfile.ZipFile(chemin) as archive:
            deplies = sum(membre.file_size for membre in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as erreur:
        raise Refus(f"{nom} : ce n’est pas un classeur XLSX lisible") from erreur
    if deplies > DEPLIES:
        raise Refus(f"{nom} : trop gros une fois déplié ; coupez-le en plusieurs")


def _parquet(chemin: Path, nom: str) -> None:
    import polars as pl  # noqa: PLC0415 - Parquet only

    try:
        frame = pl.scan_parquet(chemin)
        colonnes = len(frame.collect_schema())
        lignes = frame.select(pl.len()).collect().item()
    except (pl.exceptions.PolarsError, OSError) as erreur:
        raise Refus(f"{nom} : ce n’est pas un fichier Parquet lisible") from erreur
    if lignes > LIGNES:
        raise Refus(f"{nom} : plus de {LIGNES} lignes ; coupez-le en plusieurs")
    if colonnes > COLONNES:
        raise Refus(f"{nom} : plus de {COLONNES} colonnes")
