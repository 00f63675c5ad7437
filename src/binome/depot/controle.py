"""What a file is, by its content: a document that can be taken, or the reason why not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple

from binome.cloison.bornes import MO, Bornes
from binome.cloison.lancement import Tombe, lire
from binome.depot.antivirus import analyser
from binome.depot.refus import RAISONS, PieceRefusee

if TYPE_CHECKING:
    from collections.abc import Iterable

OCTETS: Final = 10 * 2**20
ENTETE: Final = b"%PDF-"
AVANT: Final = 1024
"""The bytes within which the header of a PDF is looked for, as readers do."""
SORTES: Final = {
    ENTETE: ("pdf", "application/pdf"),
    b"\xff\xd8\xff": ("jpg", "image/jpeg"),
    b"\x89PNG\r\n\x1a\n": ("png", "image/png"),
}
PROGRAMMES: Final = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
)
"""How programs begin."""
ARCHIVES: Final = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"Rar!",
    b"7z\xbc\xaf\x27\x1c",
    b"\x1f\x8b",
    b"BZh",
)
BUREAU: Final = (b"[Content_Types].xml", b"_rels/.rels", b"mimetype")
"""The first file within the archives that office documents are."""
BORNES: Final = Bornes(memoire=700 * MO, calcul=15, duree=30, sortie=64 * MO)
"""What the reading of a document may spend."""
ANCIEN_BUREAU: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


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
    if contenu.startswith(ANCIEN_BUREAU) or (
        contenu.startswith(b"PK\x03\x04") and contenu[30:].startswith(BUREAU)
    ):
        raise PieceRefusee("bureautique")
    if contenu.startswith(ARCHIVES):
        raise PieceRefusee("archive")
    raise PieceRefusee("sorte")


def _des_l_entete(contenu: bytes) -> bytes:
    """A PDF without what precedes its header: a mark, blank lines, what was meant for a printer.

    Readers count its places from the header. What is kept begins there, so that nothing else is read in it;
    what begins as another kind of file is left whole, to be refused as such.
    """
    if contenu.startswith((*SORTES, *PROGRAMMES, *ARCHIVES, ANCIEN_BUREAU)):
        return contenu
    place = contenu.find(ENTETE, 0, AVANT)
    return contenu[max(place, 0) :]


def controler(contenu: bytes) -> Document:
    """The document that a file holds. Raises PieceRefusee with the reason, CloisonPleine when many are read."""
    analyser(contenu)
    contenu = _des_l_entete(contenu)
    suffixe, genre = _sorte(contenu)
    pages, image = _faire_lire(contenu, suffixe)
    return Document(image or contenu, suffixe, genre, pages)


def _faire_lire(contenu: bytes, suffixe: str) -> tuple[int, bytes]:
    """How many pages the reading process counts, and the image that it wrote again, if it is one.

    Raises PieceRefusee, also when a file fells it.
    """
    try:
        rendu = lire("binome.depot.lecteur", suffixe, entree=contenu, bornes=BORNES)
        ligne, _, image = rendu.partition(b"\n")
        lu = json.loads(ligne)
    except (Tombe, ValueError):
        raise PieceRefusee("bombe") from None
    if "refus" in lu:
        raise PieceRefusee(lu["refus"] if lu["refus"] in RAISONS else "abime")
    return int(lu["pages"]), image
