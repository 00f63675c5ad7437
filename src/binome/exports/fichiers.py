"""The files of an export, written to the disk as they come: memory does not grow with the dossiers."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, Final

from binome.dossiers import rayons
from binome.dossiers.etats import EtatDePiece
from binome.dossiers.models import Piece
from binome.exports.tableau import PAQUET, lignes, tableau_de
from binome.listes.tableaux import ecrire_csv, ecrire_xlsx
from binome.pliage import plier

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

    from binome.dossiers.models import Dossier

MANQUANTES: Final = "pieces-manquantes.txt"
AU_PLUS: Final = 40
"""Characters of a name in the archive: a path stays short enough for every system."""


def en_csv(dossiers: QuerySet[Dossier], sortie: IO[bytes]) -> int:
    """A text table that spreadsheets open as it is; how many dossiers it holds."""
    tableau = tableau_de(dossiers)
    return ecrire_csv(tableau.titres, lignes(dossiers, tableau), sortie)


def en_xlsx(dossiers: QuerySet[Dossier], sortie: IO[bytes]) -> int:
    """A spreadsheet, every cell a text; how many dossiers it holds."""
    tableau = tableau_de(dossiers)
    return ecrire_xlsx("Dossiers", tableau.titres, lignes(dossiers, tableau), sortie)


def en_zip(dossiers: QuerySet[Dossier], sortie: IO[bytes]) -> int:
    """The text table, and a folder of documents for each dossier; how many dossiers it holds.

    A document that the disk no longer gives is named in a file of its own.
    """
    manquantes: list[str] = []
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_STORED) as archive:
        with tempfile.TemporaryFile(prefix="binome-export-") as table:
            nombre = en_csv(dossiers, table)
            table.seek(0)
            with archive.open("dossiers.csv", "w", force_zip64=True) as entree:
                while morceau := table.read(1 << 20):
                    entree.write(morceau)
        for piece in pieces(dossiers).select_related("dossier").iterator(chunk_size=PAQUET):
            nom = _nom_dans_l_archive(piece)
            try:
                archive.writestr(nom, rayons.PIECES.lire(piece.fichier))
            except (OSError, ValueError):
                manquantes.append(nom)
        if manquantes:
            archive.writestr(MANQUANTES, "\n".join(manquantes) + "\n")
    return nombre


def _nom_dans_l_archive(piece: Piece) -> str:
    """The person and the name the file had, told in plain letters; the reference and the number keep it its own.

    What a person typed gives letters and figures alone: no path, no ending but ours, nothing that a system reserves.
    """
    dossier, suffixe = piece.dossier, piece.fichier.rpartition(".")[2]
    qui = _en_lettres("" if dossier.anonyme_le is not None else dossier.personne)
    quoi = _en_lettres(PurePosixPath(piece.nom.replace("\\", "/")).stem)
    dans = "-".join(un for un in (dossier.reference, qui) if un)
    fichier = "-".join(un for un in (piece.nature, str(piece.pk), quoi) if un)
    return f"{dans}/{fichier}.{suffixe}"


def _en_lettres(texte: str) -> str:
    """Letters without accents and figures, parted by hyphens; empty where none can be written so."""
    simples = plier(texte).encode("ascii", "ignore").decode()
    return "-".join(simples.split())[:AU_PLUS].strip("-")


def pieces(dossiers: QuerySet[Dossier]) -> QuerySet[Piece]:
    """The documents that go with the dossiers; those taken back stay out."""
    return (
        Piece.objects.filter(dossier__in=dossiers.order_by().values("pk"))
        .exclude(etat=EtatDePiece.RETIREE)
        .order_by("dossier", "pk")
    )


SORTES: Final[dict[str, tuple[str, str, Callable[[QuerySet[Dossier], IO[bytes]], int]]]] = {
    "csv": ("Tableau CSV", "text/csv; charset=utf-8", en_csv),
    "xlsx": (
        "Classeur XLSX",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        en_xlsx,
    ),
    "zip": ("Archive ZIP, avec les pièces", "application/zip", en_zip),
}
"""Each kind of file: its name, its type, and what writes it."""
