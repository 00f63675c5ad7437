"""Tables in and out: CSV, XLSX, ODS (read only) and Parquet, read as text, written at once and the same each time."""

from __future__ import annotations

import csv
import io
import os
import zipfile
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from binome.ecriture import entier
from binome.lots.entrees import decoder, lire_octets, raison
from binome.lots.erreurs import Refus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    import polars as pl

Ligne = tuple[int, list[str]]

SORTES: Final = (".csv", ".xlsx", ".parquet")
LUES: Final = (*SORTES, ".ods")
"""What may be read: an ODS workbook too, for who asks; none is written."""
EPOQUE: Final = (1980, 1, 1, 0, 0, 0)  # the earliest date a zip can hold: the same for every file


def sorte(chemin: Path, connues: Sequence[str] = SORTES) -> str:
    """The kind of table, out of the file's name. Raises Refus on any other."""
    suffixe = chemin.suffix.lower()
    if suffixe not in connues:
        raise Refus(f"{chemin} : ce genre de fichier n’est pas lu ; attendu : {', '.join(connues)}")
    return suffixe


def _cellule(valeur: object) -> str:
    """A cell as text, as a person would have typed it."""
    match valeur:
        case None:
            return ""
        case bool():
            return str(valeur)
        case datetime():
            midi = valeur.time().isoformat() == "00:00:00"
            return valeur.date().isoformat() if midi else valeur.isoformat()
        case date():
            return valeur.isoformat()
        case float() if valeur.is_integer():
            return str(int(valeur))
        case list():
            return ";".join(map(str, valeur)) or "aucun"
        case _:
            return str(valeur)


def _csv(octets: bytes, nom: str) -> Iterator[Ligne]:
    texte = decoder(octets, nom)
    if "\0" in texte:
        raise Refus(f"{nom} : ce n’est pas un tableau CSV (il contient des octets nuls)")
    entete = texte.partition("\n")[0]
    separateur = max(";,\t", key=entete.count)
    lecteur = csv.reader(io.StringIO(texte, newline=""), delimiter=separateur, strict=True)
    try:
        for ligne in lecteur:
            yield lecteur.line_num, ligne
    except csv.Error as erreur:
        raise Refus(
            f"{nom}, ligne {lecteur.line_num} : ligne CSV mal formée (guillemets ?)"
        ) from erreur


def _xlsx(octets: bytes, nom: str) -> Iterator[Ligne]:
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - spreadsheets only

    try:
        classeur = CalamineWorkbook.from_filelike(io.BytesIO(octets))
        feuille = classeur.get_sheet_by_index(0)
        lignes = feuille.to_python(skip_empty_area=False)
    except (CalamineError, ValueError, OSError, IndexError) as erreur:
        raise Refus(f"{nom} : ce n’est pas un classeur XLSX lisible") from erreur
    for numero, ligne in enumerate(lignes, start=1):
        yield numero, [_cellule(valeur) for valeur in ligne]


def _parquet(octets: bytes, nom: str) -> Iterator[Ligne]:
    import polars as pl  # noqa: PLC0415 - Parquet only

    try:
        frame = pl.read_parquet(io.BytesIO(octets))
    except (pl.exceptions.PolarsError, OSError) as erreur:
        raise Refus(f"{nom} : ce n’est pas un fichier Parquet lisible") from erreur
    yield 0, frame.columns
    for numero, ligne in enumerate(frame.iter_rows(), start=1):
        yield numero, [_cellule(valeur) for valeur in ligne]


LECTEURS: Final[dict[str, Callable[[bytes, str], Iterator[Ligne]]]] = {
    ".csv": _csv,
    ".xlsx": _xlsx,
    ".ods": _xlsx,
    ".parquet": _parquet,
}


def lire_tableau(
    chemin: Path, nom: str = "", lues: Sequence[str] = SORTES
) -> tuple[list[str], Iterator[Ligne]]:
    """The headers, and the rows with their number in the file (blank rows left out).

    Messages call the file `nom`, or else its path. Raises Refus when the file is empty, is not
    what its name says, or has no clean header row.
    """
    nom = nom or str(chemin)
    lignes = LECTEURS[sorte(chemin, lues)](_non_vide(chemin, nom), nom)
    _, entetes = next(lignes, (0, []))
    entetes = [entete.strip() for entete in entetes]
    if not any(entetes):
        raise Refus(f"{nom} : la première ligne doit nommer les colonnes, elle est vide")
    while not entetes[-1]:
        entetes.pop()
    vides = [_lettre(rang) for rang, entete in enumerate(entetes) if not entete]
    if vides:
        raise Refus(
            f"{nom} : l’en-tête est vide en colonne {', '.join(vides)} ; "
            "séparez les cellules fusionnées et donnez un nom à chaque colonne"
        )
    doubles = sorted({entete for entete in entetes if entetes.count(entete) > 1})
    if doubles:
        raise Refus(f"{nom} : la colonne « {doubles[0]} » est donnée deux fois")
    return entetes, ((n, ligne) for n, ligne in lignes if any(cellule.strip() for cellule in ligne))


def _non_vide(chemin: Path, nom: str) -> bytes:
    octets = lire_octets(chemin, nom)
    if not octets.strip():
        raise Refus(f"{nom} : le fichier est vide")
    return octets


def _lettre(rang: int) -> str:
    lettres = ""
    rang += 1
    while rang:
        rang, reste = divmod(rang - 1, 26)
        lettres = chr(ord("A") + reste) + lettres
    return lettres


def _ecrire_csv(frame: pl.DataFrame) -> bytes:
    return frame.write_csv(date_format="%Y-%m-%d", null_value="").encode()


def _ecrire_parquet(frame: pl.DataFrame) -> bytes:
    tampon = io.BytesIO()
    frame.write_parquet(tampon)
    return tampon.getvalue()


def _ecrire_xlsx(frame: pl.DataFrame) -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415 - spreadsheets only

    classeur = Workbook(write_only=True)
    jour = datetime(*EPOQUE)  # noqa: DTZ001 - a fixed stamp, not a moment
    classeur.properties.created = classeur.properties.modified = jour
    feuille = classeur.create_sheet("Positionnement")
    feuille.freeze_panes = "A2"
    feuille.append(frame.columns)
    for ligne in frame.iter_rows():
        feuille.append([_sans_formule(valeur) for valeur in ligne])
    tampon = io.BytesIO()
    classeur.save(tampon)
    return _figer(tampon)


def _sans_formule(valeur: Any) -> Any:
    """A text that a spreadsheet would take for a formula is kept as text."""
    return f"'{valeur}" if isinstance(valeur, str) and valeur[:1] in "=+-@" and valeur else valeur


def _figer(tampon: io.BytesIO) -> bytes:
    """The same archive with the clock taken out, so that the same lot gives the same bytes."""
    fige = io.BytesIO()
    with zipfile.ZipFile(tampon) as source, zipfile.ZipFile(fige, "w") as cible:
        for membre in sorted(source.infolist(), key=lambda un: un.filename):
            contenu = source.read(membre)
            if membre.filename == "docProps/core.xml":
                contenu = _sans_horloge(contenu)
            entree = zipfile.ZipInfo(membre.filename, EPOQUE)
            entree.compress_type = zipfile.ZIP_DEFLATED
            cible.writestr(entree, contenu)
    return fige.getvalue()


def _sans_horloge(contenu: bytes) -> bytes:
    import re  # noqa: PLC0415 - spreadsheets only

    fixe = b"1980-01-01T00:00:00Z"
    return re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\g<1>" + fixe, contenu)


ECRIVAINS: Final[dict[str, Callable[[pl.DataFrame], bytes]]] = {
    ".csv": _ecrire_csv,
    ".xlsx": _ecrire_xlsx,
    ".parquet": _ecrire_parquet,
}


def verifier_sortie(chemin: Path, entrees: Sequence[Path]) -> None:
    """Refuses, before any work, an output that could not be written."""
    sorte(chemin)
    if chemin.is_dir():
        raise Refus(f"{chemin} : c’est un dossier, donnez un nom de fichier")
    if not chemin.absolute().parent.is_dir():
        raise Refus(f"{chemin} : le dossier où écrire n’existe pas")
    if not os.access(chemin.absolute().parent, os.W_OK):
        raise Refus(f"{chemin} : vous n’avez pas le droit d’écrire dans ce dossier")
    if any(chemin.exists() and entree.exists() and chemin.samefile(entree) for entree in entrees):
        raise Refus(f"{chemin} : la sortie écraserait l’entrée")


def ecrire_tableau(frame: pl.DataFrame, chemin: Path) -> None:
    """Writes the whole table or nothing: beside the target first, then in its place."""
    contenu = ECRIVAINS[sorte(chemin)](frame)
    ecrire_octets(contenu, chemin)


def ecrire_octets(contenu: bytes, chemin: Path) -> None:
    """Writes bytes whole or not at all. Raises Refus when the disk will not have them."""
    try:
        with entier(chemin, droits=0o644) as fichier:
            fichier.write(contenu)
    except OSError as erreur:
        raise Refus(f"{chemin} : {raison(erreur)} ; rien n’a été écrit") from erreur
