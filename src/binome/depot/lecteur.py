"""Reads one suspect file and says what it is; run behind the wall (`binome.cloison`), with little to spend.

Given `pdf` and the file to read, it writes a JSON line: `{"pages": 3}`, or `{"refus": "bombe"}`. An image
written again, without its metadata, follows the line. Only the standard library, pypdf and Pillow: nothing
of the house is in reach of what a file could make it do.
"""

from __future__ import annotations

import json
import sys
import zipfile
from io import BytesIO
from typing import Any, Final

from binome.depot.flux import DEPLIE, EICAR, FichierRefuse, chercher_du_code, deplier, filtres_de
from binome.depot.image import POINTS, lire_image

PAGES: Final = 60
ACTIFS: Final = frozenset(
    {"/JavaScript", "/JS", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/XFA", "/RichMedia",
     "/RichMediaContent", "/SubmitForm", "/ImportData", "/AA"}
)  # fmt: skip
"""Keys of a PDF's dictionaries that do something, or carry something."""
ACTIONS: Final = ACTIFS | {"/GoToR", "/GoToE", "/Rendition", "/Movie", "/Sound"}
"""Actions that do more than move within the document or follow a link."""
GENRES: Final = frozenset(
    {"/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D", "/U3D"}
)
"""Kinds of notes and streams that carry something else than a page."""
PROFONDEUR: Final = 60
"""Levels of objects within objects: beyond, nobody wrote a document that way."""
QUEUE: Final = 2048
"""Bytes that may follow the end of a PDF, and are not kept: past them, it hides something."""


def _lire_flux(objet: Any) -> None:
    """Bounds what a stream unfolds to, and looks for what it hides."""
    borne = DEPLIE
    if objet.get("/Subtype") == "/Image":
        points = int(objet.get("/Width", 0)) * int(objet.get("/Height", 0))
        if points > POINTS:
            raise FichierRefuse("trop_de_points")
        borne = max(DEPLIE, points * 8)
    filtres = filtres_de(objet)
    if "/Crypt" in filtres:
        # A stream that has its own key, or none: what pypdf makes of it is not what a reader shows.
        raise FichierRefuse("actif")
    clair = deplier(getattr(objet, "_data", b"") or b"", filtres, borne)
    if EICAR in clair:
        raise FichierRefuse("virus")
    if objet.get("/Type") == "/ObjStm":
        chercher_du_code(clair)


def _agit(objet: Any) -> bool:
    """Whether a dictionary acts, or carries a file."""
    return bool(
        ACTIFS.intersection(objet)
        or objet.get("/S") in ACTIONS
        or objet.get("/Subtype") in GENRES
        or objet.get("/Type") == "/EmbeddedFile"
        or ("/EF" in objet and ("/F" in objet or "/UF" in objet))
    )


def _lire_objet(objet: Any, profondeur: int = 0) -> None:
    """Walks an object, without following its references."""
    from pypdf.generic import DictionaryObject, IndirectObject, StreamObject  # noqa: PLC0415

    if isinstance(objet, IndirectObject):
        return
    if profondeur > PROFONDEUR:
        raise FichierRefuse("bombe")
    if isinstance(objet, DictionaryObject):
        if _agit(objet):
            raise FichierRefuse("actif")
        if isinstance(objet, StreamObject):
            _lire_flux(objet)
        for valeur in objet.values():
            _lire_objet(valeur, profondeur + 1)
    elif isinstance(objet, list):
        for valeur in objet:
            _lire_objet(valeur, profondeur + 1)


def _lire_pdf(octets: bytes) -> int:
    """How many pages. Raises FichierRefuse."""
    from pypdf import PasswordType, PdfReader  # noqa: PLC0415
    from pypdf.errors import LimitReachedError  # noqa: PLC0415
    from pypdf.generic import IndirectObject  # noqa: PLC0415

    fin = octets.rfind(b"%%EOF")
    if fin < 0:
        raise FichierRefuse("abime")
    if len(octets) - fin > QUEUE or zipfile.is_zipfile(BytesIO(octets)):
        raise FichierRefuse("double")
    chercher_du_code(octets)
    try:
        lecteur = PdfReader(BytesIO(octets), strict=False)
        # A file locked for its owner only opens with an empty password, as every reader opens it.
        if lecteur.is_encrypted and lecteur.decrypt("") == PasswordType.NOT_DECRYPTED:
            raise FichierRefuse("protege")
        numeros = {(gen, num) for gen, nums in lecteur.xref.items() for num in nums}
        numeros |= {(0, num) for num in lecteur.xref_objStm}
        for generation, numero in sorted(numeros):
            if numero:
                _lire_objet(lecteur.get_object(IndirectObject(numero, generation, lecteur)))
        _lire_objet(lecteur.trailer)
        pages = len(lecteur.pages)
    except (LimitReachedError, RecursionError) as trop:
        raise FichierRefuse("bombe") from trop
    if pages > PAGES:
        raise FichierRefuse("trop_de_pages")
    if not pages:
        raise FichierRefuse("abime")
    return pages


def lire(octets: bytes, sorte: str) -> tuple[dict[str, Any], bytes]:
    """What the file is, or why it is refused; and the image to keep, if it is one.

    Whatever the file does to its readers, a reason comes out.
    """
    try:
        if sorte == "pdf":
            return {"pages": _lire_pdf(octets)}, b""
        return {"pages": 1}, lire_image(octets, sorte)
    except FichierRefuse as refus:
        return {"refus": str(refus)}, b""
    except MemoryError:
        return {"refus": "bombe"}, b""
    except Exception:
        return {"refus": "abime"}, b""


if __name__ == "__main__":
    dit, garde = lire(sys.stdin.buffer.read(), sys.argv[1])
    sys.stdout.buffer.write(json.dumps(dit).encode() + b"\n" + garde)
