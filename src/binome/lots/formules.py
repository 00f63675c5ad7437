"""Cells that hold no answer: an error of the spreadsheet, or a formula that nobody worked out.

Taken for an empty cell, either would be « unknown », and nobody would know.
"""

from __future__ import annotations

import re
import zipfile
from html import unescape
from io import BytesIO
from posixpath import join, normpath
from typing import TYPE_CHECKING, Final

from binome.lots.bornes import demesure
from binome.lots.erreurs import TravailImpossible
from binome.lots.masques import RangMasque

if TYPE_CHECKING:
    from collections.abc import Iterator

ERREURS: Final = re.compile(
    r"#(?:N/[AD]|REF!|DIV/0!|VALUE!|VALEUR!|NAME\?|NOM\?|NUM!|NOMBRE!|NULL!|NUL!|SPILL!|CALC!|FIELD!"
    r"|BLOCKED!|CONNECT!|GETTING_DATA|PROPAGATION!|EPARS!|CHAMP!|CONNEXION!|BLOQU[ÉE]!)|ERR:\d{3}",
    re.IGNORECASE,
)
"""What a spreadsheet writes instead of a result, in English and in French."""
MORCEAU: Final = 1 << 20
RANG: Final = 16 * MORCEAU
"""Bytes of one row, as it is written."""
MONTREE: Final = 40
"""Characters of a formula that are shown."""

_FEUILLE: Final = re.compile(rb"""<(?:\w+:)?sheet\s[^>]*?\w+:id\s*=\s*["']([^"']+)["']""")
_LIEN: Final = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUT: Final = r"""\s{}\s*=\s*["']([^"']*)["']"""
_ID: Final = re.compile(_ATTRIBUT.format("Id").encode())
_CIBLE: Final = re.compile(_ATTRIBUT.format("Target").encode())
_PLACE: Final = re.compile(_ATTRIBUT.format("r").encode())
_GENRE: Final = re.compile(_ATTRIBUT.format("t").encode())
_MASQUE: Final = re.compile(rb"""\shidden\s*=\s*["'](?:1|true)["']""")
_FIN_DE_RANG: Final = re.compile(rb"</(?:\w+:)?row\s*>")
_RANG: Final = re.compile(rb"<(?:\w+:)?row(?=[\s>/])([^>]*)>")
_CELLULE: Final = re.compile(rb"<(?:\w+:)?c(?=[\s>/])")
_FORMULE: Final = re.compile(rb"<(?:\w+:)?f(?:\s[^>]*?)?(?:/>|>([^<]*)<)")
_VALEUR: Final = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]+)<")
_A_VOIR: Final = re.compile(rb"""<(?:\w+:)?f[\s>/]|\st\s*=\s*["']e["']""")


def sans_reponse(texte: str) -> str:
    """Why a cell says nothing that can be read, as a person is told; empty for any other cell."""
    texte = texte.strip()
    if texte.startswith("="):
        return (
            "c’est une formule sans résultat ; ouvrez le fichier dans votre tableur, enregistrez-le, "
            "et recommencez, ou écrivez la valeur"
        )
    if ERREURS.fullmatch(texte):
        return "la cellule contient une erreur du tableur ; écrivez la valeur, ou videz-la"
    return ""


def _fichier_de(archive: zipfile.ZipFile, feuille: int) -> str | None:
    """The file of a sheet, counted from 0, as the reader of workbooks finds it; None when none is found."""
    noms = {nom.lower(): nom for nom in archive.namelist()}
    livre, liens = noms.get("xl/workbook.xml"), noms.get("xl/_rels/workbook.xml.rels")
    if livre is None or liens is None:
        return None
    numeros = _FEUILLE.findall(archive.read(livre))
    for lien in _LIEN.findall(archive.read(liens)) if feuille < len(numeros) else ():
        numero, cible = _ID.search(lien), _CIBLE.search(lien)
        if numero and cible and numero[1] == numeros[feuille]:
            chemin = normpath(join("/xl", unescape(cible[1].decode())))
            return noms.get(chemin.lstrip("/").lower())
    return None


def _colonne(lettres: bytes) -> int:
    rang = 0
    for lettre in lettres.upper():
        rang = rang * 26 + lettre - 64
    return rang - 1


def _cellules(rang: bytes) -> dict[int, str]:
    """The cells of a row without an answer, by column from 0, as their error or their formula."""
    trouvees: dict[int, str] = {}
    colonne = -1
    for cellule in _CELLULE.split(rang)[1:]:
        attributs, _, contenu = cellule.partition(b">")
        place, genre = _PLACE.search(attributs), _GENRE.search(attributs)
        colonne = _colonne(place[1].rstrip(b"0123456789")) if place else colonne + 1
        valeur, formule = _VALEUR.search(contenu), _FORMULE.search(contenu)
        if genre and genre[1] == b"e":
            trouvees[colonne] = valeur[1].decode(errors="replace") if valeur else "#N/A"
        elif formule and valeur is None and not (genre and genre[1] == b"str"):
            # A text without a letter (t="str") is a result: « nothing », worked out.
            dite = unescape((formule[1] or b"").decode(errors="replace"))
            trouvees[colonne] = f"={dite}"[:MONTREE]
    return trouvees


def rangs_a_dire(octets: bytes, nom: str, feuille: int) -> Iterator[tuple[int, dict[int, str]]]:
    """The rows of a workbook's sheet that hold such cells, by column from 0, or are hidden (`RangMasque`).

    `feuille` counts from 0. Raises TravailImpossible when the sheet is not found, or a row is beyond measure.
    """
    with zipfile.ZipFile(BytesIO(octets)) as archive:
        fichier = _fichier_de(archive, feuille)
        if fichier is None:
            raise TravailImpossible(f"{nom} : ce n’est pas un classeur XLSX lisible")
        reste, numero = b"", 0
        with archive.open(fichier) as flux:
            while morceau := flux.read(MORCEAU):
                *rangs, reste = _FIN_DE_RANG.split(reste + morceau)
                if len(reste) > RANG:
                    raise demesure(nom)
                for rang in rangs:
                    debut, masque = 0, False
                    for ouverture in _RANG.finditer(rang):
                        place = _PLACE.search(ouverture[1])
                        dit = place[1] if place else b""
                        numero = int(dit) if re.fullmatch(rb"\d{1,7}", dit) else numero + 1
                        masque = _MASQUE.search(ouverture[1]) is not None
                        debut = ouverture.end()
                    trouvees = _cellules(rang[debut:]) if _A_VOIR.search(rang, debut) else {}
                    if trouvees or masque:
                        yield RangMasque(numero) if masque else numero, trouvees
