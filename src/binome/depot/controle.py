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
"""Bytes of a document."""
OCTETS_D_UNE_IMAGE: Final = 20 * 2**20
"""Bytes of a photo as it comes: it is kept smaller (`image.POIDS`)."""
ENTETE: Final = b"%PDF-"
FIN: Final = b"%%EOF"
AVANT: Final = 1024
"""The bytes within which the header of a PDF is looked for, as readers do."""
SORTES: Final = {
    ENTETE: ("pdf", "application/pdf"),
    b"\xff\xd8\xff": ("jpg", "image/jpeg"),
    b"\x89PNG\r\n\x1a\n": ("png", "image/png"),
}
HEIC: Final = (b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1")
"""What the photos of iPhones say they are, after `ftyp`."""
AUTRES_IMAGES: Final = (b"GIF8", b"II*\0", b"MM\0*", b"BM")
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
BORNES_D_UN_HEIC: Final = Bornes(memoire=700 * MO, calcul=30, duree=60, sortie=64 * MO)
"""The same of a photo whose 48 megapixels take ten seconds to unfold on a slow core."""
ANCIEN_BUREAU: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Document(NamedTuple):
    """A file that can be taken: its bytes as they will be kept, its kind, its pages."""

    contenu: bytes
    suffixe: str
    type: str
    pages: int


def lire_au_plus(morceaux: Iterable[bytes]) -> bytes:
    """A whole file, as it comes. Raises PieceRefusee beyond what is taken of its kind, or empty."""
    recu = bytearray()
    for morceau in morceaux:
        recu += morceau
        if len(recu) > OCTETS and not _est_une_image(recu):
            raise PieceRefusee("trop_gros")
        if len(recu) > OCTETS_D_UNE_IMAGE:
            raise PieceRefusee("photo_trop_grosse")
    if not recu:
        raise PieceRefusee("vide")
    return bytes(recu)


def _est_une_image(contenu: bytes | bytearray) -> bool:
    return contenu.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or _marque(contenu) in HEIC


def _marque(contenu: bytes | bytearray) -> bytes:
    """The brand of a file of boxes (HEIC, AVIF, MP4); empty for another."""
    return bytes(contenu[8:12]) if contenu[4:8] == b"ftyp" else b""


def _sorte(contenu: bytes) -> tuple[str, str]:
    """The suffix and the type. Raises PieceRefusee."""
    for debut, sorte in SORTES.items():
        if contenu.startswith(debut):
            return sorte
    marque = _marque(contenu)
    if marque in HEIC:
        return "heic", "image/jpeg"
    if contenu.startswith(AUTRES_IMAGES) or marque in (b"avif", b"avis"):
        raise PieceRefusee("autre_image")
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


def _jusqu_a_la_fin(contenu: bytes) -> bytes:
    """A PDF that was read, without what follows its last end: no reader looks there."""
    fin = contenu.rfind(FIN) + len(FIN)
    return contenu if not contenu[fin:].strip() else contenu[:fin] + b"\n"


def controler(contenu: bytes) -> Document:
    """The document that a file holds. Raises PieceRefusee with the reason, CloisonPleine when many are read."""
    analyser(contenu)
    contenu = _des_l_entete(contenu)
    suffixe, genre = _sorte(contenu)
    pages, image = _faire_lire(contenu, suffixe)
    if suffixe == "pdf":
        contenu = _jusqu_a_la_fin(contenu)
    # A HEIC photo is written again as a JPEG: browsers and letters show no other.
    return Document(image or contenu, "jpg" if suffixe == "heic" else suffixe, genre, pages)


def _faire_lire(contenu: bytes, suffixe: str) -> tuple[int, bytes]:
    """How many pages the reading process counts, and the image that it wrote again, if it is one.

    Raises PieceRefusee, also when a file fells it.
    """
    try:
        rendu = lire(
            "binome.depot.lecteur",
            suffixe,
            entree=contenu,
            bornes=BORNES_D_UN_HEIC if suffixe == "heic" else BORNES,
        )
        ligne, _, image = rendu.partition(b"\n")
        lu = json.loads(ligne)
    except (Tombe, ValueError):
        raise PieceRefusee("bombe") from None
    if "refus" in lu:
        raise PieceRefusee(lu["refus"] if lu["refus"] in RAISONS else "abime")
    return int(lu["pages"]), image
