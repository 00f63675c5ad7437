"""What the streams of a PDF unfold to, within bounds. Only the standard library and pypdf."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

DEPLIE: Final = 80 * 2**20
"""Bytes that a stream may unfold to, unless it is an image of a plausible size."""
EICAR: Final = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"
"""What the test virus holds, that every antivirus knows."""
FILTRES: Final = 2
"""Filters that a stream may go through: text over compression is usual, more is not."""
COURTS: Final = {
    "/Fl": "/FlateDecode",
    "/LZW": "/LZWDecode",
    "/RL": "/RunLengthDecode",
    "/AHx": "/ASCIIHexDecode",
    "/A85": "/ASCII85Decode",
}
"""Short names, meant for images within a page; readers take them everywhere."""
_MORCEAU: Final = 1024
_BLANC: Final = rb"(?:[\0\t\n\f\r ]|%[^\r\n]*[\r\n])*"
_ACTIF: Final = re.compile(
    rb"/S"
    + _BLANC
    + rb"/(?:JavaScript|Launch|SubmitForm|ImportData|GoToR|GoToE|Rendition)\b"
    + rb"|/(?:JavaScript|EmbeddedFiles|RichMediaContent)"
    + _BLANC
    + rb"(?:<<|\[|\d+"
    + _BLANC
    + rb"\d+"
    + _BLANC
    + rb"R\b)"
)


class FichierRefuse(Exception):
    """The code of a reason of `refus.RAISONS`."""


def _flate(octets: bytes, borne: int) -> bytes:
    """A wrong end does not hide what comes before it: readers show that much. Raises FichierRefuse."""
    machine, clair = zlib.decompressobj(), bytearray()
    for debut in range(0, len(octets), _MORCEAU):
        morceau, avant = octets[debut : debut + _MORCEAU], machine.copy()
        try:
            clair += machine.decompress(morceau)
        except zlib.error:
            return bytes(clair) + _jusqu_a_la_faute(avant, morceau)
        if len(clair) > borne:
            raise FichierRefuse("bombe")
        if machine.eof:
            break
    return bytes(clair)


def _jusqu_a_la_faute(machine: Any, morceau: bytes) -> bytes:
    clair = bytearray()
    try:
        for octet in morceau:
            clair += machine.decompress(bytes([octet]))
    except zlib.error:
        pass
    return bytes(clair)


def _longueurs(octets: bytes, borne: int) -> bytes:
    """RunLength: 128 ends it, less copies what follows, more repeats one byte. Raises FichierRefuse."""
    clair, place = bytearray(), 0
    while place < len(octets) and octets[place] != 128:
        compte = octets[place]
        if compte < 128:
            clair += octets[place + 1 : place + 2 + compte]
            place += 2 + compte
        else:
            clair += octets[place + 1 : place + 2] * (257 - compte)
            place += 2
        if len(clair) > borne:
            raise FichierRefuse("bombe")
    return bytes(clair)


def _par_pypdf(nom: str) -> Callable[[bytes, int], bytes]:
    """A filter that pypdf undoes, under its own limit of 75 MB, which raises."""

    def deplier_un(octets: bytes, borne: int) -> bytes:
        from pypdf import filters  # noqa: PLC0415

        clair = bytes(getattr(filters, nom).decode(octets))
        if len(clair) > borne:
            raise FichierRefuse("bombe")
        return clair

    return deplier_un


DEPLIEURS: Final[dict[str, Callable[[bytes, int], bytes]]] = {
    "/FlateDecode": _flate,
    "/RunLengthDecode": _longueurs,
    "/LZWDecode": _par_pypdf("LZWDecode"),
    "/ASCIIHexDecode": _par_pypdf("ASCIIHexDecode"),
    "/ASCII85Decode": _par_pypdf("ASCII85Decode"),
}


def filtres_de(objet: Any) -> list[str]:
    """The filters of a stream, under their long names, wherever the file keeps them."""
    lus = objet.get("/Filter", [])
    lus = [lus] if isinstance(lus, str) else lus
    noms = [str(un.get_object() if hasattr(un, "get_object") else un) for un in lus]
    return [COURTS.get(nom, nom) for nom in noms]


def deplier(octets: bytes, filtres: list[str], borne: int) -> bytes:
    """What a stream unfolds to, up to the first filter that makes an image of it.

    Raises FichierRefuse beyond the bound in bytes, or for more filters than a document needs.
    """
    if len(filtres) > FILTRES or filtres.count("/FlateDecode") > 1:
        raise FichierRefuse("bombe")
    for nom in filtres:
        if nom not in DEPLIEURS:
            break
        octets = DEPLIEURS[nom](octets, borne)
    return octets


def chercher_du_code(octets: bytes) -> None:
    """Looks for actions in what a PDF's objects are written with.

    The walk of the objects sees what one reader sees. Another may take the second of two equal keys, or
    an object that the table does not name: what is written is looked at too. Raises FichierRefuse.
    """
    clairs = re.sub(rb"#([0-9A-Fa-f]{2})", lambda vu: bytes([int(vu[1], 16)]), octets)
    if _ACTIF.search(clairs):
        raise FichierRefuse("actif")
