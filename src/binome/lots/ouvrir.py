"""Reads the cells of a table as text: CSV, XLSX, ODS, Parquet. Only behind the wall: see `lecteur`."""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from binome.lots import calc, formules
from binome.lots.avis import ANCIEN_CODAGE, feuilles_laissees, ne_rien_dire
from binome.lots.bornes import (
    CELLULE,
    COLONNES,
    LIGNE,
    LIGNES,
    MO,
    TEXTE,
    Accord,
    demesure,
    sans_accord,
)
from binome.lots.classeurs import arpenter
from binome.lots.entrees import decoder
from binome.lots.erreurs import TravailImpossible
from binome.lots.separateurs import annonce, separateur_du

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from python_calamine import CalamineWorkbook

    from binome.lots.avis import Dire

Ligne = tuple[int, list[str]]
FIN: Final[tuple[int, Mapping[int, str]]] = (0, {})
"""After the last row to tell something of."""
DE_FRANCE: Final = frozenset(
    "àâäçéèêëîïôöùûüÿæœÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸÆŒñÑ«»’‘“”–—…·°ºª€²\N{NO-BREAK SPACE}"
)
"""What a French table holds besides ASCII: anything else, and the file is written in yet another way."""
DU_MODELE: Final = frozenset(("Aide", "Réponses"))
"""Sheets of our own templates: nobody expects them to be read."""
PIED: Final = 4 * MO
"""Bytes of a Parquet's description of itself."""


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


def _decoder(octets: bytes, nom: str, dire: Dire) -> str:
    """UTF-8 or, where every letter is one that French has, what Excel writes on Windows. Raises TravailImpossible."""
    try:
        return decoder(octets, nom)
    except TravailImpossible:
        ancien = octets.decode("cp1252", errors="replace")
        if not DE_FRANCE.issuperset(signe for signe in ancien if not signe.isascii()):
            raise
        dire(ANCIEN_CODAGE)
        return ancien


def _d_unicode(octets: bytes) -> bytes:
    """What a spreadsheet calls « texte Unicode », two bytes a letter behind their mark, as UTF-8; any other as it is."""
    if not octets.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return octets
    try:
        return octets.decode("utf-16").encode()
    except UnicodeError:
        return octets


def _lignes(texte: str, nom: str) -> Iterator[str]:
    for rang, ligne in enumerate(io.StringIO(texte, newline=""), start=1):
        if len(ligne) > LIGNE:
            raise TravailImpossible(f"{nom} : la ligne {rang} dépasse {LIGNE} signes")
        yield ligne


def _csv(octets: bytes, nom: str, accord: Accord, dire: Dire) -> Iterator[Ligne]:
    accord(60, 300 * MO)
    octets = _d_unicode(octets)
    if max(octets.count(b"\n"), octets.count(b"\r")) > LIGNES:
        raise TravailImpossible(f"{nom} : plus de {LIGNES} lignes ; coupez-le en plusieurs")
    if b"\0" in octets:
        raise TravailImpossible(
            f"{nom} : ce n’est pas un tableau CSV (il contient des octets nuls)"
        )
    texte = _decoder(octets, nom, dire)
    entete = texte.partition("\n")[0]
    lecteur = csv.reader(_lignes(texte, nom), delimiter=separateur_du(texte), strict=True)
    try:
        if annonce(entete):
            next(lecteur)
        for ligne in lecteur:
            yield lecteur.line_num, ligne
    except csv.Error as erreur:
        raise TravailImpossible(
            f"{nom}, ligne {lecteur.line_num} : ligne CSV mal formée (guillemets ?)"
        ) from erreur


@dataclass(frozen=True, slots=True)
class _Feuille:
    """A sheet that is read: its place among all and its first column, both from 0, and its rows."""

    place: int
    premiere: int
    lignes: Iterator[Ligne]


def _montree(classeur: CalamineWorkbook, dire: Dire) -> int:
    """The place of the first sheet that is shown; says when others are. The first of all when none is."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415 - spreadsheets only

    montrees = [
        (place, feuille.name)
        for place, feuille in enumerate(classeur.sheets_metadata)
        if feuille.visible == SheetVisibleEnum.Visible and feuille.typ == SheetTypeEnum.WorkSheet
    ]
    autres = [nom for _, nom in montrees[1:] if nom not in DU_MODELE]
    if autres:
        dire(feuilles_laissees(len(autres) + 1))
    return montrees[0][0] if montrees else 0


def _feuille(octets: bytes, nom: str, accord: Accord, dire: Dire) -> _Feuille:
    """The sheet of a workbook that is shown first: nothing is read before it is measured."""
    accord(3, 120 * MO)
    compte = arpenter(octets, nom)
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - spreadsheets only

    # What its reader gets follows what was counted: should it see more than was, it falls early.
    accord(2 + compte.cellules / 200_000, 100 * MO + 4 * compte.deplies + 250 * compte.cellules)
    try:
        classeur = CalamineWorkbook.from_filelike(io.BytesIO(octets))
        place = _montree(classeur, dire)
        feuille = classeur.get_sheet_by_index(place)
    except (CalamineError, ValueError, OSError, IndexError) as erreur:
        raise TravailImpossible(f"{nom} : ce n’est pas un classeur lisible") from erreur
    accord(60, 500 * MO + 4 * compte.deplies + 250 * compte.cellules)
    rangs = enumerate(feuille.iter_rows(), start=1)
    lues = ((numero, [_cellule(valeur) for valeur in ligne]) for numero, ligne in rangs)
    return _Feuille(place, feuille.start[1] if feuille.start else 0, lues)


def _ods(octets: bytes, nom: str, accord: Accord, dire: Dire) -> Iterator[Ligne]:
    feuille = _feuille(octets, nom, accord, dire)
    return _avec(feuille, calc.rangs_a_dire(octets, nom, feuille.place))


def _xlsx(octets: bytes, nom: str, accord: Accord, dire: Dire) -> Iterator[Ligne]:
    feuille = _feuille(octets, nom, accord, dire)
    return _avec(feuille, formules.rangs_a_dire(octets, nom, feuille.place))


def _avec(feuille: _Feuille, a_dire: Iterator[tuple[int, Mapping[int, str]]]) -> Iterator[Ligne]:
    """A cell that the reader leaves empty for want of an answer says its error, or its formula; hidden rows are told."""
    rang, manquent = next(a_dire, FIN)
    for numero, cellules in feuille.lignes:
        if numero == rang:
            yield rang, _poser(cellules, manquent, feuille.premiere)
            rang, manquent = next(a_dire, FIN)
        else:
            yield numero, cellules
    while rang:  # beyond what its reader saw, a row holds nothing else
        if manquent:
            yield rang, _poser([], manquent, feuille.premiere)
        rang, manquent = next(a_dire, FIN)


def _poser(cellules: list[str], manquent: Mapping[int, str], premiere: int) -> list[str]:
    for colonne, texte in manquent.items():
        place = colonne - premiere
        if 0 <= place <= COLONNES:
            cellules.extend([""] * (place + 1 - len(cellules)))
            cellules[place] = texte
    return cellules


def _parquet(octets: bytes, nom: str, accord: Accord, _: Dire) -> Iterator[Ligne]:
    if octets[:4] != b"PAR1" or octets[-4:] != b"PAR1":
        raise TravailImpossible(f"{nom} : ce n’est pas un fichier Parquet lisible")
    pied = int.from_bytes(octets[-8:-4], "little")
    if pied > len(octets):
        raise TravailImpossible(f"{nom} : ce n’est pas un fichier Parquet lisible")
    if pied > PIED:
        raise demesure(nom)
    import polars as pl  # noqa: PLC0415 - Parquet only

    chauffe = io.BytesIO()
    pl.DataFrame({"a": ["b"]}).write_parquet(chauffe)
    pl.read_parquet(io.BytesIO(chauffe.getvalue())).select(pl.len())
    accord(2, 150 * MO)
    try:
        schema = pl.read_parquet_schema(io.BytesIO(octets))
        _verifier_genres(schema, nom)
        for colonne in schema:
            _verifier_colonne(pl.read_parquet(io.BytesIO(octets), columns=[colonne]), nom)
        accord(60, 800 * MO)
        frame = pl.read_parquet(io.BytesIO(octets))
    except (pl.exceptions.PolarsError, OSError, ValueError) as erreur:
        raise TravailImpossible(f"{nom} : ce n’est pas un fichier Parquet lisible") from erreur
    yield 0, frame.columns
    for numero, ligne in enumerate(frame.iter_rows(), start=1):
        yield numero, [_cellule(valeur) for valeur in ligne]


def _verifier_genres(schema: Any, nom: str) -> None:
    import polars as pl  # noqa: PLC0415 - Parquet only

    if len(schema) > COLONNES:
        raise TravailImpossible(f"{nom} : plus de {COLONNES} colonnes")
    for colonne, genre in schema.items():
        interieur = genre.inner if isinstance(genre, pl.List) else genre
        if interieur.is_nested() or interieur == pl.Binary:
            raise TravailImpossible(
                f"{nom} : la colonne « {colonne[:40]} » n’est ni texte, ni nombre, ni date"
            )


def _verifier_colonne(frame: Any, nom: str) -> None:
    """Bounds the rows and texts of one column: they are views until a row is read. Raises TravailImpossible."""
    import polars as pl  # noqa: PLC0415 - Parquet only

    if frame.height > LIGNES:
        raise TravailImpossible(f"{nom} : plus de {LIGNES} lignes ; coupez-le en plusieurs")
    colonne = frame.to_series()
    if isinstance(colonne.dtype, pl.List):
        if (colonne.list.len().max() or 0) > COLONNES:
            raise demesure(nom)
        colonne = colonne.explode()
    if colonne.dtype in (pl.Categorical, pl.Enum):
        colonne = colonne.cat.get_categories()
    if colonne.dtype == pl.String:
        longueurs = colonne.str.len_bytes()
        if (longueurs.max() or 0) > 4 * CELLULE or (longueurs.sum() or 0) > TEXTE:
            raise TravailImpossible(f"{nom} : une cellule dépasse {CELLULE} signes")


LECTEURS: Final[dict[str, Callable[[bytes, str, Accord, Dire], Iterator[Ligne]]]] = {
    ".csv": _csv,
    ".xlsx": _xlsx,
    ".ods": _ods,
    ".parquet": _parquet,
}


def ouvrir(
    octets: bytes, sorte: str, nom: str, accord: Accord = sans_accord, dire: Dire = ne_rien_dire
) -> Iterator[Ligne]:
    """Each row with its number, the header first; bounded in rows, columns and characters.

    `dire` hears, before the first row, what the reader chose. Raises TravailImpossible.
    """
    for rang, (numero, ligne) in enumerate(LECTEURS[sorte](octets, nom, accord, dire)):
        if rang > LIGNES:
            raise TravailImpossible(f"{nom} : plus de {LIGNES} lignes ; coupez-le en plusieurs")
        if any(ligne[COLONNES:]):
            raise TravailImpossible(f"{nom} : plus de {COLONNES} colonnes, à la ligne {numero}")
        cellules = ligne[:COLONNES]
        if any(len(cellule) > CELLULE for cellule in cellules):
            raise TravailImpossible(
                f"{nom} : une cellule dépasse {CELLULE} signes, à la ligne {numero}"
            )
        yield numero, cellules
