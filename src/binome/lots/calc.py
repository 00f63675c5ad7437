"""What an ODS workbook hides or leaves without an answer: its reader tells neither."""

from __future__ import annotations

import re
import zipfile
from html import unescape
from io import BytesIO
from itertools import zip_longest
from typing import IO, TYPE_CHECKING, Final

from binome.lots.bornes import COLONNES, LIGNES, demesure
from binome.lots.erreurs import TravailImpossible
from binome.lots.formules import MONTREE, MORCEAU, RANG
from binome.lots.masques import RangMasque

if TYPE_CHECKING:
    from collections.abc import Iterator

_CONTENU: Final = "content.xml"
BALISE: Final = 1 << 16
"""Bytes that a tag may span."""
_TABLE: Final = re.compile(rb"<(?:\w+:)?table(?=[\s>])[^>]*>")
_FIN_DE_TABLE: Final = re.compile(rb"</(?:\w+:)?table\s*>")
_FIN_DE_RANG: Final = re.compile(rb"</(?:\w+:)?table-row\s*>")
_RANG: Final = re.compile(rb"<(?:\w+:)?table-row(?=[\s>/])([^>]*?)(/?)>")
_CELLULE: Final = re.compile(rb"<(?:\w+:)?(?:covered-)?table-cell(?=[\s>/])")
_FOIS_RANG: Final = re.compile(rb"""\s(?:\w+:)?number-rows-repeated\s*=\s*["']0*(\d{1,7})["']""")
_FOIS_CELLULE: Final = re.compile(
    rb"""\s(?:\w+:)?number-columns-repeated\s*=\s*["']0*(\d{1,7})["']"""
)
_MASQUE: Final = re.compile(rb"""\s(?:\w+:)?visibility\s*=\s*["'](?:collapse|filter)["']""")
_ERREUR: Final = re.compile(rb"""\s(?:\w+:)?value-type\s*=\s*["']error["']""")
_FORMULE: Final = re.compile(rb"""\s(?:\w+:)?formula\s*=\s*["'](?:\w+:)?=?([^"']*)["']""")
_VALEUR: Final = re.compile(
    rb"""\soffice:(?:string-|date-|time-|boolean-)?value\s*=\s*|\soffice:value-type\s*=\s*["']string["']"""
)
_TEXTE: Final = re.compile(rb"<(?:\w+:)?p(?:\s[^>]*)?>([^<]*)<")


def _fois(motif: re.Pattern[bytes], attributs: bytes, borne: int) -> int:
    trouve = motif.search(attributs)
    return min(int(trouve[1]), borne) if trouve else 1


def _cellules(rang: bytes) -> dict[int, str]:
    """The cells of a row without an answer, by column from 0, as their error or their formula."""
    trouvees: dict[int, str] = {}
    colonne = 0
    for cellule in _CELLULE.split(rang)[1:]:
        attributs, _, contenu = cellule.partition(b">")
        fois = _fois(_FOIS_CELLULE, attributs, COLONNES + 1)
        dit = ""
        if _ERREUR.search(attributs):
            texte = _TEXTE.search(contenu)
            dit = unescape(texte[1].decode(errors="replace")).strip() if texte else ""
            dit = dit if dit.startswith("#") or dit.lower().startswith("err:") else "#N/A"
        elif (formule := _FORMULE.search(attributs)) and not _VALEUR.search(attributs):
            dit = f"={unescape(formule[1].decode(errors='replace'))}"[:MONTREE]
        if dit:
            trouvees.update(dict.fromkeys(range(colonne, colonne + fois), dit))
        colonne += fois
        if colonne > COLONNES:
            break
    return trouvees


def _etendues(texte: bytes) -> Iterator[tuple[int, bool, dict[int, str]]]:
    """The rows of whole markup: how often each is repeated, whether it is hidden, its cells without an answer."""
    ouvertures = list(_RANG.finditer(texte))
    for ouverture, suivante in zip_longest(ouvertures, ouvertures[1:]):
        fin = suivante.start() if suivante else len(texte)
        trouvees = {} if ouverture[2] else _cellules(texte[ouverture.end() : fin])
        masque = _MASQUE.search(ouverture[1]) is not None
        yield _fois(_FOIS_RANG, ouverture[1], LIGNES + 1), masque, trouvees


def _rangs_ecrits(flux: IO[bytes], feuille: int, nom: str) -> Iterator[bytes]:
    """The markup of a sheet, in pieces that end with a row. Raises TravailImpossible for a row beyond measure."""
    reste, passees = b"", -1
    while morceau := flux.read(MORCEAU):
        reste += morceau
        while passees < feuille and (debut := _TABLE.search(reste)):
            passees += 1
            reste = reste[debut.end() :]
        if passees < feuille:
            reste = reste[-BALISE:]
            continue
        if fin := _FIN_DE_TABLE.search(reste):
            yield reste[: fin.start()]
            return
        coupe = max((trouvee.end() for trouvee in _FIN_DE_RANG.finditer(reste)), default=0)
        yield reste[:coupe]
        reste = reste[coupe:]
        if len(reste) > RANG:
            raise demesure(nom)


def rangs_a_dire(octets: bytes, nom: str, feuille: int) -> Iterator[tuple[int, dict[int, str]]]:
    """The rows of a sheet that hold such cells, by column from 0, or are hidden (`RangMasque`).

    `feuille` counts from 0. A repeated row is told as often as it is repeated: who reads stops when the table does.
    Raises TravailImpossible when a row is beyond measure.
    """
    with zipfile.ZipFile(BytesIO(octets)) as archive:
        if _CONTENU not in archive.namelist():
            raise TravailImpossible(f"{nom} : ce n’est pas un classeur ODS lisible")
        with archive.open(_CONTENU) as flux:
            numero = 0
            for texte in _rangs_ecrits(flux, feuille, nom):
                for fois, masque, trouvees in _etendues(texte):
                    if trouvees or masque:
                        for rang in range(numero + 1, numero + fois + 1):
                            yield RangMasque(rang) if masque else rang, trouvees
                    numero += fois
                    if numero > LIGNES:
                        return
