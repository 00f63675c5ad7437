"""Reads one suspect file and says what it is; run as a process of its own, with little to spend.

`python -m binome.dossiers.depot.lecteur SOURCE SORTIE` writes a JSON line: `{"pages": 3}`, or
`{"refus": "bombe"}`. An image is written again to SORTIE, without its metadata. Only the standard
library, pypdf and Pillow: nothing of the house is in reach of what a file could make it do.
"""

from __future__ import annotations

import json
import resource
import sys
import warnings
import zlib
from pathlib import Path
from typing import Any, Final

MEMOIRE: Final = 700 * 2**20
"""Bytes that the reading may use."""
CALCUL: Final = 15
"""Seconds of processor that it may use."""
PAGES: Final = 60
POINTS: Final = 50_000_000
"""Pixels of an image: an A4 page at 600 dots an inch is 35 millions."""
DEPLIE: Final = 80 * 2**20
"""Bytes that a stream may unfold to, unless it is an image of a plausible size."""
EICAR: Final = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
ACTIFS: Final = frozenset(
    {"/JavaScript", "/JS", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/XFA", "/RichMedia",
     "/SubmitForm", "/ImportData", "/AA"}
)  # fmt: skip
"""Names of a PDF's dictionaries that do something, or carry something."""
QUEUE: Final = 2048
"""Bytes that may follow the end of a PDF."""


class Refus(Exception):
    """The code of a reason of `refus.RAISONS`."""


def _deplier(octets: bytes, borne: int) -> bytes:
    """What a Flate stream unfolds to. Raises Refus beyond the bound."""
    depli = zlib.decompressobj()
    try:
        clair = depli.decompress(octets, borne + 1)
    except zlib.error:
        return b""
    if len(clair) > borne:
        raise Refus("bombe")
    return clair


def _lire_flux(objet: Any) -> None:
    """Bounds what a stream unfolds to, and looks for the test virus in it."""
    filtres = objet.get("/Filter", [])
    filtres = [filtres] if isinstance(filtres, str) else list(filtres)
    if filtres.count("/FlateDecode") > 1 or len(filtres) > 2:
        raise Refus("bombe")
    borne = DEPLIE
    if objet.get("/Subtype") == "/Image":
        points = int(objet.get("/Width", 0)) * int(objet.get("/Height", 0))
        if points > POINTS:
            raise Refus("trop_de_points")
        borne = max(DEPLIE, points * 8)
    brut = getattr(objet, "_data", b"") or b""
    clair = _deplier(brut, borne) if filtres[:1] == ["/FlateDecode"] else brut
    if EICAR in clair:
        raise Refus("virus")


def _lire_objet(objet: Any, profondeur: int = 0) -> None:
    """Walks an object, without following its references."""
    from pypdf.generic import DictionaryObject, IndirectObject, StreamObject  # noqa: PLC0415

    if profondeur > 60 or isinstance(objet, IndirectObject):
        return
    if isinstance(objet, DictionaryObject):
        if ACTIFS.intersection(objet) or (objet.get("/S") in ACTIFS):
            raise Refus("actif")
        if objet.get("/Type") == "/EmbeddedFile":
            raise Refus("actif")
        if isinstance(objet, StreamObject):
            _lire_flux(objet)
        for valeur in objet.values():
            _lire_objet(valeur, profondeur + 1)
    elif isinstance(objet, list):
        for valeur in objet:
            _lire_objet(valeur, profondeur + 1)


def _lire_pdf(source: Path) -> int:
    """How many pages. Raises Refus."""
    from pypdf import PdfReader  # noqa: PLC0415
    from pypdf.errors import LimitReachedError  # noqa: PLC0415
    from pypdf.generic import IndirectObject  # noqa: PLC0415

    octets = source.read_bytes()
    fin = octets.rfind(b"%%EOF")
    if fin < 0:
        raise Refus("abime")
    if len(octets) - fin > QUEUE or b"PK\x05\x06" in octets[fin:]:
        raise Refus("double")
    try:
        lecteur = PdfReader(source, strict=False)
        if lecteur.is_encrypted:
            raise Refus("protege")
        numeros = {(gen, num) for gen, nums in lecteur.xref.items() for num in nums}
        numeros |= {(0, num) for num in lecteur.xref_objStm}
        for generation, numero in sorted(numeros):
            if numero:
                _lire_objet(lecteur.get_object(IndirectObject(numero, generation, lecteur)))
        _lire_objet(lecteur.trailer)
        pages = len(lecteur.pages)
    except (LimitReachedError, RecursionError) as trop:
        raise Refus("bombe") from trop
    if pages > PAGES:
        raise Refus("trop_de_pages")
    if not pages:
        raise Refus("abime")
    return pages


def _lire_image(source: Path, sortie: Path) -> int:
    """One page; the image is written again, upright and without metadata. Raises Refus."""
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415

    Image.MAX_IMAGE_PIXELS = POINTS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        with Image.open(source, formats=("JPEG", "PNG")) as lue:
            if lue.width * lue.height > POINTS:
                raise Refus("trop_de_points")
            droite = ImageOps.exif_transpose(lue)
            if source.suffix == ".png":
                nue = droite.convert("RGBA" if "A" in droite.getbands() else "RGB")
                nue.save(sortie, "PNG")
            else:
                droite.convert("RGB").save(sortie, "JPEG", quality=90)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as trop:
        raise Refus("trop_de_points") from trop
    except UnidentifiedImageError as illisible:
        raise Refus("abime") from illisible
    return 1


def lire(source: Path, sortie: Path) -> dict[str, Any]:
    """What the file is, or why it is refused; whatever it does to its readers, a reason comes out."""
    try:
        if EICAR in source.read_bytes():
            raise Refus("virus")
        pages = _lire_pdf(source) if source.suffix == ".pdf" else _lire_image(source, sortie)
    except Refus as refus:
        return {"refus": str(refus)}
    except MemoryError:
        return {"refus": "bombe"}
    except Exception:
        return {"refus": "abime"}
    return {"pages": pages}


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMOIRE, MEMOIRE))
    resource.setrlimit(resource.RLIMIT_CPU, (CALCUL, CALCUL))
    sys.stdout.write(json.dumps(lire(Path(sys.argv[1]), Path(sys.argv[2]))))
