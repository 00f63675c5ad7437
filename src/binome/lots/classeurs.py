"""A look over a workbook before its reader sees it: what it unpacks to, what it spans, what it repeats.

It only streams and counts, a piece at a time. A cell placed far away, a long text shared by many cells or
an archive within an archive is then refused without the room that it asks for ever being made.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from binome.lots.bornes import CELLULE, CELLULES, COLONNES, DEPLIES, LIGNES, TEXTE, demesure
from binome.lots.erreurs import TravailImpossible

if TYPE_CHECKING:
    from collections.abc import Iterator

MORCEAU: Final = 1 << 20
MEMBRES: Final = 2000
CATALOGUE: Final = 1 << 18
"""Bytes of the list of an archive's files."""
FUSIONS: Final = 20_000
FEUILLES: Final = 500
BALISE: Final = 8 * CELLULE
"""Bytes between two tags: a cell whose every character is written as an entity."""
PARTAGE: Final = 1 << 16
"""Bytes of a shared text, with the way it looks."""
PETIT: Final = 300_000
"""Cells up to which each is located; beyond, what is granted to the reader follows their number."""
CREUX: Final = 10
"""Times that the rectangle of a sheet may hold its cells, above `LARGE`."""
LARGE: Final = 500_000
CHIFFRE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PLACE: Final = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]*)0*(\d*)""")
INDICE: Final = re.compile(rb"""\st\s*=\s*["']s["'][^>]*>\s*<[\w:]*v[^>]*>\s*0*(\d{1,8})""")


@dataclass(slots=True)
class TailleDeClasseur:
    """What a workbook holds: bytes once unpacked, cells, rows; how far they go; its longest shared text."""

    deplies: int = 0
    cellules: int = 0
    rangs: int = 0
    fusions: int = 0
    feuilles: int = 0
    partage: int = 0
    ligne: int = 0
    colonne: int = 0


def _catalogue(octets: bytes, nom: str) -> None:
    """The list of files is small and whole, before anything reads it."""
    fin = octets.rfind(b"PK\x05\x06", max(0, len(octets) - 65_557))
    if fin < 0 or octets.rfind(b"PK\x06\x07", max(0, fin - 64), fin) >= 0:
        raise TravailImpossible(f"{nom} : ce n’est pas un classeur XLSX lisible")
    if int.from_bytes(octets[fin + 12 : fin + 16], "little") > CATALOGUE:
        raise demesure(nom)


def _membres(archive: zipfile.ZipFile, octets: bytes, nom: str) -> list[zipfile.ZipInfo]:
    membres = archive.infolist()
    noms = [membre.filename for membre in membres]
    if len(membres) > MEMBRES or sum(membre.file_size for membre in membres) > DEPLIES:
        raise demesure(nom)
    ranges = sorted((m.header_offset, m.header_offset + m.compress_size) for m in membres)
    if (
        len(set(noms)) != len(noms)
        or any(".." in n.split("/") or n.startswith("/") or "\\" in n for n in noms)
        or any(fin > debut for (_, fin), (debut, _) in pairwise(ranges))
        or any(fin > len(octets) for _, fin in ranges)
        or any(m.flag_bits & 1 for m in membres)
    ):
        raise TravailImpossible(f"{nom} : ce n’est pas un classeur XLSX lisible")
    return membres


def _morceaux(archive: zipfile.ZipFile, membre: zipfile.ZipInfo) -> Iterator[bytes]:
    """A file of the archive, in pieces that end with a tag."""
    reste = b""
    with archive.open(membre) as flux:
        while morceau := flux.read(MORCEAU):
            morceau = reste + morceau
            coupe = morceau.rfind(b">") + 1
            reste = morceau[coupe:]
            yield morceau[:coupe]
            if len(reste) > MORCEAU:
                yield reste
                reste = b""
    yield reste


def _colonne(lettres: bytes) -> int:
    rang = 0
    for lettre in lettres.upper():
        rang = rang * 26 + lettre - 64
    return rang


def _compter(morceau: bytes, compte: TailleDeClasseur, nom: str) -> None:
    """Counts one piece. Raises TravailImpossible at the first thing beyond measure."""
    if b"<!DOCTYPE" in morceau or b"<!ENTITY" in morceau:
        raise TravailImpossible(
            f"{nom} : ce classeur définit ses propres mots ; enregistrez-le de nouveau"
        )
    debut = morceau.find(b"<")
    while debut >= 0 and len(morceau) - debut > BALISE:
        suivant = morceau.rfind(b"<", debut + 1, debut + BALISE)
        if suivant < 0:
            raise TravailImpossible(f"{nom} : une cellule dépasse {CELLULE} signes")
        debut = suivant
    cellules = morceau.count(b"<c ") + morceau.count(b"<c>") + morceau.count(b":c ")
    compte.cellules += cellules + morceau.count(b":table-cell")
    compte.rangs += morceau.count(b"<row") + morceau.count(b":row") + morceau.count(b":table-row")
    compte.fusions += morceau.count(b"mergeCell ")
    compte.feuilles += morceau.count(b"<sheet ")
    if compte.cellules <= PETIT and (cellules or b"<row" in morceau or b":row" in morceau):
        for lettres, chiffres in PLACE.findall(morceau):
            if len(lettres) > 3 or len(chiffres) > 7:
                raise demesure(nom)
            compte.colonne = max(compte.colonne, _colonne(lettres))
            compte.ligne = max(compte.ligne, int(chiffres or 0))
    if (
        compte.cellules > min(CELLULES, COLONNES * (compte.rangs + 1))
        or compte.fusions > FUSIONS
        or compte.feuilles > FEUILLES
        or compte.ligne > LIGNES
        or compte.colonne > COLONNES
    ):
        raise demesure(nom)


def arpenter(octets: bytes, nom: str) -> TailleDeClasseur:
    """What the workbook holds. Raises TravailImpossible when it is none, or beyond measure."""
    if octets.startswith(CHIFFRE):
        raise TravailImpossible(
            f"{nom} : ce classeur est protégé, ou d’un ancien format ; enregistrez-le en XLSX"
        )
    _catalogue(octets, nom)
    compte = TailleDeClasseur()
    try:
        with zipfile.ZipFile(BytesIO(octets)) as archive:
            membres = _membres(archive, octets, nom)
            longueurs = [
                longueur
                for membre in membres
                if membre.filename.lower().endswith("sharedstrings.xml")
                for longueur in _partages(archive, membre, nom)
            ]
            for membre in membres:
                for morceau in _morceaux(archive, membre):
                    compte.deplies += len(morceau)
                    if compte.deplies > DEPLIES:
                        raise demesure(nom)
                    _compter(morceau, compte, nom)
            compte.partage = max(longueurs, default=0)
            if compte.ligne * compte.colonne > max(LARGE, CREUX * compte.cellules):
                raise demesure(nom)
            if compte.partage * compte.cellules > TEXTE // 4:
                _sommer(archive, membres, longueurs, nom)
    except (
        zipfile.BadZipFile,
        OSError,
        ValueError,
        NotImplementedError,
        EOFError,
        zlib.error,
    ) as erreur:
        raise TravailImpossible(f"{nom} : ce n’est pas un classeur XLSX lisible") from erreur
    return compte


def _partages(archive: zipfile.ZipFile, membre: zipfile.ZipInfo, nom: str) -> Iterator[int]:
    """The bytes of each shared text, in order."""
    reste = b""
    deplies = 0
    with archive.open(membre) as flux:
        while morceau := flux.read(MORCEAU):
            deplies += len(morceau)
            *entiers, reste = (reste + morceau).split(b"</si>")
            yield from map(len, entiers)
            if (
                len(reste) > PARTAGE
                or deplies > DEPLIES
                or max(map(len, entiers), default=0) > PARTAGE
            ):
                raise TravailImpossible(f"{nom} : une cellule dépasse {CELLULE} signes")


def _sommer(
    archive: zipfile.ZipFile, membres: list[zipfile.ZipInfo], longueurs: list[int], nom: str
) -> None:
    """Adds up the shared texts, each as often as a cell shows it. Raises TravailImpossible beyond measure."""
    somme = 0
    for membre in membres:
        for morceau in _morceaux(archive, membre):
            for indice in INDICE.findall(morceau):
                rang = int(indice)
                somme += longueurs[rang] if rang < len(longueurs) else 0
            if somme > TEXTE // 4:
                raise demesure(nom)
