"""Tables in and out: CSV, XLSX, ODS (read only) and Parquet, read as text, written at once and the same each time."""

from __future__ import annotations

import io
import json
import os
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING, Final

from binome.cloison.bornes import Bornes
from binome.cloison.lancement import Tombe, lancer
from binome.ecriture import entier
from binome.lots import lecteur
from binome.lots.avis import ne_rien_dire
from binome.lots.bornes import MO, OCTETS, verifier_entetes
from binome.lots.erreurs import TravailImpossible
from binome.lots.inoffensif import cellules, inoffensifs
from binome.lots.masques import RangMasque
from binome.lots.separateurs import TABLEUR
from binome.systeme import raison

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import polars as pl

    from binome.lots.avis import Dire

Ligne = tuple[int, list[str]]

SORTES: Final = (".csv", ".xlsx", ".parquet")
LUES: Final = (*SORTES, ".ods")
"""What may be read: an ODS workbook too, for who asks; none is written."""
LECTEUR: Final = "binome.lots.lecteur"
BORNES: Final = Bornes(memoire=4000 * MO, calcul=90, duree=120, sortie=1000 * MO)
"""What the reading of a table may spend at most; each step is granted less (`lots.lecteur`)."""
VIDE: Final = 1000
"""Bytes up to which a file may be nothing but blanks."""
EPOQUE: Final = (1980, 1, 1, 0, 0, 0)  # the earliest date a zip can hold: the same for every file


def sorte(chemin: Path, connues: Sequence[str] = SORTES) -> str:
    """The kind of table, out of the file's name. Raises TravailImpossible on any other."""
    suffixe = chemin.suffix.lower()
    if suffixe not in connues:
        raise TravailImpossible(
            f"{chemin} : ce genre de fichier n’est pas lu ; attendu : {', '.join(connues)}"
        )
    return suffixe


def _a_part(chemin: Path, genre: str, nom: str, dire: Dire) -> Iterator[Ligne]:
    """The rows that a process behind the wall reads, the header first. Raises TravailImpossible, CloisonPleine."""
    with chemin.open("rb") as fichier:
        try:
            sortie = lancer(LECTEUR, genre, nom, entree=fichier, bornes=BORNES)
        except Tombe as tombe:
            raise TravailImpossible(
                f"{nom} : ce fichier est abîmé, ou trop gros une fois déplié ; enregistrez-le de "
                "nouveau, ou coupez-le en plusieurs"
            ) from tombe
    with sortie, io.TextIOWrapper(sortie, encoding="utf-8", newline="") as texte:
        reste = ""
        while morceau := texte.read(1 << 18):
            *rangs, reste = (reste + morceau).split(lecteur.RANG)
            for rang in rangs:
                if rang[0] == lecteur.FIN:
                    return
                if rang[0] == lecteur.REFUS:
                    raise TravailImpossible(map(str, json.loads(rang[1:])))
                if rang[0] == lecteur.AVIS:
                    dire(rang[1:])
                    continue
                numero, *cellules = rang.split(lecteur.CHAMP)
                cache = numero.startswith(lecteur.MASQUE)
                yield RangMasque(numero[1:]) if cache else int(numero), cellules
    raise TravailImpossible(f"{nom} : ce fichier n’a pas pu être lu jusqu’au bout ; recommencez")


def lire_rangs(
    chemin: Path, nom: str = "", lues: Sequence[str] = SORTES, dire: Dire = ne_rien_dire
) -> Iterator[Ligne]:
    """Every row with its number in the file, as it stands: the headings are one of them.

    Messages call the file `nom`, or else its path. `dire` hears, before the first, what its reader chose. Raises
    TravailImpossible when the file is empty or is not what its name says.
    """
    nom = nom or str(chemin)
    genre = sorte(chemin, lues)
    _verifier_octets(chemin, nom)
    return _a_part(chemin, genre, nom, dire)


def lire_tableau(
    chemin: Path, nom: str = "", lues: Sequence[str] = SORTES, dire: Dire = ne_rien_dire
) -> tuple[list[str], Iterator[Ligne]]:
    """The headers, and the rows with their number in the file (blank rows left out), as `lire_rangs` reads them.

    Raises TravailImpossible when there is no clean header row.
    """
    nom = nom or str(chemin)
    return separer(lire_rangs(chemin, nom, lues, dire), nom)


def separer(lignes: Iterator[Ligne], nom: str) -> tuple[list[str], Iterator[Ligne]]:
    """The headers, checked, and the rows under them that are not blank. Raises TravailImpossible."""
    _, entetes = next(lignes, (0, []))
    entetes = [entete.strip() for entete in entetes]
    if not any(entetes):
        raise TravailImpossible(
            f"{nom} : la première ligne doit nommer les colonnes, elle est vide"
        )
    while not entetes[-1]:
        entetes.pop()
    vides = [lettre_de(rang) for rang, entete in enumerate(entetes) if not entete]
    if vides:
        raise TravailImpossible(
            f"{nom} : l’en-tête est vide en colonne {', '.join(vides)} ; "
            "séparez les cellules fusionnées et donnez un nom à chaque colonne"
        )
    verifier_entetes(entetes, nom)
    doubles = sorted({entete for entete in entetes if entetes.count(entete) > 1})
    if doubles:
        raise TravailImpossible(f"{nom} : la colonne « {doubles[0]} » est donnée deux fois")
    return entetes, ((n, ligne) for n, ligne in lignes if any(cellule.strip() for cellule in ligne))


def _verifier_octets(chemin: Path, nom: str) -> None:
    """Refuses, before it is read, a file that is empty, too big, or away. Raises TravailImpossible."""
    try:
        octets = chemin.stat().st_size
        with chemin.open("rb") as fichier:
            vide = octets <= VIDE and not fichier.read().strip()
    except OSError as erreur:
        raise TravailImpossible(f"{nom} : {raison(erreur)}") from erreur
    if vide:
        raise TravailImpossible(f"{nom} : le fichier est vide")
    if octets > OCTETS:
        raise TravailImpossible(f"{nom} : il dépasse {OCTETS // MO} Mo ; coupez-le en plusieurs")


def lettre_de(rang: int) -> str:
    """The letters of a column, counted from 0, as spreadsheets name it."""
    lettres = ""
    rang += 1
    while rang:
        rang, reste = divmod(rang - 1, 26)
        lettres = chr(ord("A") + reste) + lettres
    return lettres


def _ecrire_csv(frame: pl.DataFrame, *, tableur: bool) -> bytes:
    texte = inoffensifs(frame).write_csv(
        separator=TABLEUR if tableur else ",",
        include_bom=tableur,
        date_format="%Y-%m-%d",
        null_value="",
    )
    return texte.encode()


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
        feuille.append(cellules(feuille, ligne))
    tampon = io.BytesIO()
    classeur.save(tampon)
    return _figer(tampon)


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


def en_octets(frame: pl.DataFrame, genre: str, *, tableur: bool = False) -> bytes:
    """A table as a file of its kind; `tableur` writes a CSV as French spreadsheets open it, and changes no other."""
    if genre == ".csv":
        return _ecrire_csv(frame, tableur=tableur)
    return _ecrire_xlsx(frame) if genre == ".xlsx" else _ecrire_parquet(frame)


def verifier_sortie(chemin: Path, entrees: Sequence[Path]) -> None:
    """Refuses, before any work, an output that could not be written."""
    sorte(chemin)
    if chemin.is_dir():
        raise TravailImpossible(f"{chemin} : c’est un dossier, donnez un nom de fichier")
    if not chemin.absolute().parent.is_dir():
        raise TravailImpossible(f"{chemin} : le dossier où écrire n’existe pas")
    if not os.access(chemin.absolute().parent, os.W_OK):
        raise TravailImpossible(f"{chemin} : vous n’avez pas le droit d’écrire dans ce dossier")
    if any(chemin.exists() and entree.exists() and chemin.samefile(entree) for entree in entrees):
        raise TravailImpossible(f"{chemin} : la sortie écraserait l’entrée")


def ecrire_tableau(frame: pl.DataFrame, chemin: Path, *, tableur: bool = False) -> None:
    """Writes the whole table or nothing: beside the target first, then in its place; `tableur` as in `en_octets`."""
    contenu = en_octets(frame, sorte(chemin), tableur=tableur)
    ecrire_octets(contenu, chemin)


def ecrire_octets(contenu: bytes, chemin: Path) -> None:
    """Writes bytes whole or not at all. Raises TravailImpossible when the disk will not have them."""
    try:
        with entier(chemin, droits=0o644) as fichier:
            fichier.write(contenu)
    except OSError as erreur:
        raise TravailImpossible(
            f"{chemin} : {raison(erreur, ecriture=True)} ; rien n’a été écrit"
        ) from erreur
