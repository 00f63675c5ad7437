"""Tables made to fell their reader: each tiny on the disk, and made when it is asked for."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

NS: Final = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
DOC: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ENTETE: Final = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>date_entree</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>2026-01-15</t></is></c></row>'
)
PLUS: Final = '<c r="B2"><v>1</v></c>'


def classeur(
    feuille: str | bytes = "",
    *,
    partages: str = "",
    livre: str = '<sheet name="a" sheetId="1" r:id="rId1"/>',
    liens: str = "",
    autres: dict[str, bytes] | None = None,
    tete: str = "",
    cible: str = "worksheets/sheet1.xml",
) -> bytes:
    """A workbook whose only sheet holds these rows."""
    tampon = io.BytesIO()
    if isinstance(feuille, str):
        feuille = f"{tete}<worksheet {NS}><sheetData>{feuille}</sheetData></worksheet>".encode()
    with zipfile.ZipFile(tampon, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{RELS}"><Relationship Id="rId1" Type="{DOC}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml", f'<workbook {NS} xmlns:r="{DOC}"><sheets>{livre}</sheets></workbook>'
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{RELS}"><Relationship Id="rId1" Type="{DOC}/worksheet" '
            f'Target="{cible}"/>{liens}</Relationships>',
        )
        archive.writestr("xl/worksheets/sheet1.xml", feuille)
        if partages:
            archive.writestr("xl/sharedStrings.xml", f"<sst {NS}>{partages}</sst>")
        for nom, contenu in (autres or {}).items():
            archive.writestr(nom, contenu)
    return tampon.getvalue()


def _coin(place: str) -> bytes:
    ligne = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return classeur(f'{ENTETE}<row r="{ligne}"><c r="{place}"><v>1</v></c></row>')


def _partage(octets: int, fois: int, *, morceaux: int = 1) -> bytes:
    texte = "".join(f"<r><t>{'a' * (octets // morceaux)}</t></r>" for _ in range(morceaux))
    cellules = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, fois))
    return classeur(cellules, partages=f"<si>{texte}</si>")


def _mentir(octets: bytes, taille: int) -> bytes:
    """The same archive, whose list announces other sizes."""
    lieu = octets.rfind(b"PK\x01\x02")
    return octets[: lieu + 24] + struct.pack("<I", taille) + octets[lieu + 28 :]


def _chevaucher(octets: bytes) -> bytes:
    """Every file of the archive is the first, stored once."""
    fin = octets.rfind(b"PK\x05\x06")
    debut = int.from_bytes(octets[fin + 16 : fin + 20], "little")
    catalogue = bytearray(octets[debut:fin])
    lieu = 0
    while lieu < len(catalogue):
        noms = sum(
            int.from_bytes(catalogue[lieu + n : lieu + n + 2], "little") for n in (28, 30, 32)
        )
        catalogue[lieu + 42 : lieu + 46] = bytes(4)
        lieu += 46 + noms
    return octets[:debut] + bytes(catalogue) + octets[fin:]


def ods(contenu: str) -> bytes:
    tampon = io.BytesIO()
    espaces = " ".join(
        f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{p}:1.0"'
        for p in ("office", "table", "text", "calcext")
    )
    with zipfile.ZipFile(tampon, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f"<office:document-content {espaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="a">{contenu}</table:table></office:spreadsheet></office:body>'
            "</office:document-content>",
        )
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return tampon.getvalue()


CASE: Final = '<table:table-cell office:value-type="string"{}><text:p>a</text:p></table:table-cell>'
COLONNES_REPETEES: Final = ' table:number-columns-repeated="2000000000"'


def _parquet(colonnes: dict[str, Any], **options: Any) -> bytes:
    import polars as pl  # noqa: PLC0415 - Parquet only

    tampon = io.BytesIO()
    pl.DataFrame(colonnes).write_parquet(tampon, **options)
    return tampon.getvalue()


def _repete(octets: int, lignes: int, genre: str) -> bytes:
    import polars as pl  # noqa: PLC0415 - Parquet only

    texte = pl.Series(
        "date_entree", ["a" * octets], dtype=pl.Categorical if genre == "categories" else pl.String
    )
    return _parquet({"date_entree": texte.gather([0] * lignes)})


def _pied(octets: bytes, pied: bytes | None = None, longueur: int | None = None) -> bytes:
    """The same Parquet, with another description of itself, or another length for it."""
    taille = int.from_bytes(octets[-8:-4], "little")
    ancien = octets[-8 - taille : -8]
    nouveau = ancien if pied is None else pied
    annonce = len(nouveau) if longueur is None else longueur
    return octets[: -8 - taille] + nouveau + struct.pack("<I", annonce) + b"PAR1"


def _bruit(octets: bytes) -> bytes:
    """The same Parquet, where every fifth byte of its description is another."""
    taille = int.from_bytes(octets[-8:-4], "little")
    ancien = bytearray(octets[-8 - taille : -8])
    for lieu in range(0, len(ancien), 5):
        ancien[lieu] ^= 0xFF
    return _pied(octets, bytes(ancien))


MILLION: Final = 1_000_000
HOSTILES: Final[dict[str, tuple[str, Callable[[], bytes]]]] = {
    # Of workbooks, the room that they ask for.
    "coin opposé": (".xlsx", lambda: _coin("XFD1048576")),
    "colonne lointaine": (".xlsx", lambda: _coin("XFD3")),
    "ligne lointaine": (".xlsx", lambda: _coin("B1048576")),
    "ligne hors de tout": (".xlsx", lambda: _coin("A4294967295")),
    "nombre de cent chiffres": (".xlsx", lambda: _coin("A" + "9" * 100)),
    "lettres sans fin": (".xlsx", lambda: _coin("Z" * 5000 + "3")),
    "rangs déserts": (".xlsx", lambda: classeur(ENTETE + '<row r="1048576"/>' + '<row r="9"><c r="CV900000"><v>1</v></c></row>')),
    # Of workbooks, the texts that they hold.
    "texte partagé de 50 Mo": (".xlsx", lambda: _partage(50 * MILLION, 3000)),
    "texte partagé en morceaux": (".xlsx", lambda: _partage(4 * MILLION, 3000, morceaux=5000)),
    "texte partagé mille fois mille": (".xlsx", lambda: _partage(7000, 100_000)),
    "texte de 20 Mo dans la case": (".xlsx", lambda: classeur(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"a" * 20 * MILLION}</t></is></c></row>')),
    "attribut de 20 Mo": (".xlsx", lambda: classeur(f'<row r="1" spans="{"1" * 20 * MILLION}"/>')),
    # Of workbooks, how many things they hold.
    "un million de colonnes": (".xlsx", lambda: classeur('<row r="1">' + "<c><v>1</v></c>" * MILLION + "</row>")),
    "un million de fusions": (".xlsx", lambda: classeur(f'<worksheet {NS}><sheetData>{ENTETE}</sheetData><mergeCells>'.encode() + b'<mergeCell ref="A1:B2"/>' * MILLION + b"</mergeCells></worksheet>")),
    "cent mille feuilles": (".xlsx", lambda: classeur(ENTETE, livre='<sheet name="a" sheetId="1" r:id="rId1"/>' * 100_000)),
    "neuf millions de cases": (".xlsx", lambda: classeur(("<row>" + "<c><v>1</v></c>" * 90 + "</row>") * 100_000)),
    "trois mille fichiers": (".xlsx", lambda: classeur(ENTETE, autres={f"xl/{n}.xml": b"<a/>" for n in range(3000)})),
    # Of workbooks, the archive that they are.
    "bombe de zip": (".xlsx", lambda: classeur(ENTETE, autres={"xl/media/a.bin": bytes(201 * MILLION)})),
    "taille menteuse": (".xlsx", lambda: _mentir(classeur(ENTETE, autres={"xl/z.xml": b"<a>" + bytes(50 * MILLION)}), 10)),
    "fichiers qui se chevauchent": (".xlsx", lambda: _chevaucher(classeur(ENTETE))),
    "chemin qui remonte": (".xlsx", lambda: classeur(ENTETE, autres={"../../etc/passwd": b"a"})),
    "feuille qui remonte": (".xlsx", lambda: classeur(ENTETE, cible="../../../etc/passwd")),
    "tronqué": (".xlsx", lambda: classeur(ENTETE)[:-40]),
    "chiffré": (".xlsx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000)),
    "zip dans un zip": (".xlsx", lambda: classeur(classeur(ENTETE))),
    # Of workbooks, what their XML says.
    "milliard de rires": (".xlsx", lambda: classeur(ENTETE.replace("date_entree", "&b;"), tete='<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "' + "&a;" * 1000 + '">]>')),
    "entité externe": (".xlsx", lambda: classeur(ENTETE.replace("date_entree", "&b;"), tete='<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>')),
    "balises emboîtées": (".xlsx", lambda: classeur("<row>" * MILLION)),
    "indice partagé absurde": (".xlsx", lambda: classeur('<row r="1"><c r="A1" t="s"><v>99999999999</v></c></row>', partages="<si><t>a</t></si>")),
    "nombre démesuré": (".xlsx", lambda: classeur(f'<row r="1"><c r="A1"><v>{"9" * 7000}</v></c></row>')),
    # Of ODS workbooks.
    "case ODS répétée": (".ods", lambda: ods(f"<table:table-row>{CASE.format(COLONNES_REPETEES)}</table:table-row>")),
    "rang ODS répété": (".ods", lambda: ods(f'<table:table-row table:number-rows-repeated="2000000000">{CASE.format("")}</table:table-row>')),
    "les deux ensemble": (".ods", lambda: ods(f'<table:table-row table:number-rows-repeated="1048576">{CASE.format(COLONNES_REPETEES)}</table:table-row>')),
    # Of CSV files.
    "CSV d’un million de colonnes": (".csv", lambda: b"a," * MILLION + b"\n1"),
    "CSV de dix mille noms": (".csv", lambda: ",".join(f"c{n}" for n in range(10_000)).encode() + b"\n1"),
    "CSV de noms pareils": (".csv", lambda: b"a," * 5000 + b"a\n1"),
    "CSV d’un champ de 2 Mo": (".csv", lambda: b"date_entree\n" + b"1" * 2 * MILLION),
    "CSV de guillemets": (".csv", lambda: b'date_entree\n"' + b'""' * 5 * MILLION),
    "CSV de guillemets ouverts": (".csv", lambda: b'date_entree\n"' + b"a\n" * 5 * MILLION),
    "CSV d’octets nuls": (".csv", lambda: b"date_entree\n" + bytes(1000)),
    "CSV de lignes vides": (".csv", lambda: b"date_entree\n" + b"\n" * 3 * MILLION),
    "CSV d’une ligne très large": (".csv", lambda: b"date_entree\n" + b"1," * 20_000 + b"1\n"),
    # Of Parquet files.
    "Parquet d’un texte répété": (".parquet", lambda: _repete(700_000, 5000, "categories")),
    "Parquet de textes pareils": (".parquet", lambda: _repete(20_000, 5000, "textes")),
    "Parquet d’un texte long": (".parquet", lambda: _parquet({"date_entree": ["a" * 30 * MILLION]})),
    "Parquet de dix mille colonnes": (".parquet", lambda: _parquet({f"c{n}": [1] for n in range(10_000)})),
    "Parquet emboîté": (".parquet", lambda: _parquet({"date_entree": [{"a": [{"b": [1, 2]}]}]})),
    "Parquet de listes": (".parquet", lambda: _parquet({"diplomes": [["ide"] * MILLION]})),
    "Parquet d’octets": (".parquet", lambda: _parquet({"date_entree": [b"\xff" * 1000]})),
    "Parquet de trop de lignes": (".parquet", lambda: _parquet({"date_entree": [None] * 3 * MILLION})),
    "Parquet au pied menteur": (".parquet", lambda: _pied(_parquet({"date_entree": ["a"]}), longueur=2**31)),
    "Parquet au pied trop court": (".parquet", lambda: _pied(_parquet({"date_entree": ["a"]}), longueur=3)),
    "Parquet au pied abîmé": (".parquet", lambda: _bruit(_parquet({"date_entree": ["a"] * 50}))),
    "Parquet sans pied": (".parquet", lambda: b"PAR1" + bytes(100) + b"PAR1"),
    "Parquet tronqué": (".parquet", lambda: _parquet({"date_entree": ["a"] * 5000})[:-60] + b"PAR1"),
}  # fmt: skip
"""By name: the kind of table, and how it is made."""
