"""What a file is, by its content: a document that can be taken, or the reason why not."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from binome.dossiers.depot.antivirus import analyser
from binome.dossiers.depot.processus import Tombe, lancer
from binome.dossiers.depot.refus import RAISONS, PieceRefusee

if TYPE_CHECKING:
    from collections.abc import Iterable

OCTETS: Final = 10 * 2**20
SORTES: Final = {
    b"%PDF-": ("pdf", "application/pdf"),
    b"\xff\xd8\xff": ("jpg", "image/jpeg"),
    b"\x89PNG\r\n\x1a\n": ("png", "image/png"),
}
PROGRAMMES: Final = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"PK\x03\x04",
)
"""How programs begin, and archives, which Office documents and Java programs are."""


class Document(NamedTuple):
    """A file that can be taken: its bytes as they will be kept, its kind, its pages."""

    contenu: bytes
    suffixe: str
    type: str
    pages: int


def lire_au_plus(morceaux: Iterable[bytes]) -> bytes:
    """A whole file, as it comes. Raises PieceRefusee beyond what is taken, or empty."""
    recu = bytearray()
    for morceau in morceaux:
        recu += morceau
        if len(recu) > OCTETS:
            raise PieceRefusee("trop_gros")
    if not recu:
        raise PieceRefusee("vide")
    return bytes(recu)


def _sorte(contenu: bytes) -> tuple[str, str]:
    """The suffix and the type. Raises PieceRefusee."""
    for debut, sorte in SORTES.items():
        if contenu.startswith(debut):
            return sorte
    if contenu[4:8] == b"ftyp" and contenu[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"avif"):
        raise PieceRefusee("heic")
    if contenu.startswith(PROGRAMMES):
        raise PieceRefusee("executable")
    raise PieceRefusee("sorte")


def controler(contenu: bytes) -> Document:
    """The document that a file holds. Raises PieceRefusee with the reason."""
    analyser(contenu)
    suffixe, genre = _sorte(contenu)
    with tempfile.TemporaryDirectory(prefix="binome-piece-") as dossier:
        source = Path(dossier, f"source.{suffixe}")
        sortie = Path(dossier, f"sortie.{suffixe}")
        source.write_bytes(contenu)
        pages = _faire_lire(source, sortie)
        garde = sortie.read_bytes() if sortie.exists() else contenu
    return Document(garde, suffixe, genre, pages)


def _faire_lire(source: Path, sortie: Path) -> int:
    """How many pages the reading process counts. Raises PieceRefusee, also when a file fells it."""
    try:
        lu = json.loads(lancer("lecteur", str(source), str(sortie)))
    except (Tombe, ValueError):
        raise PieceRefusee("bombe") from None
    if "refus" in lu:
        raise PieceRefusee(lu["refus"] if lu["refus"] in RAISONS else "abime")
    return int(lu["pages"])
