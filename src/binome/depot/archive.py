"""Reads an archive of documents behind the wall: given `noms` or `contenus` and the archive, each of its files.

A file is a JSON line, `{"nom": "Léa Exemple/cni.jpg", "octets": 12}`, and its bytes when they are asked for; the last
line is `{"fin": true}`, or `{"refus": "bombe"}`. Only the standard library: what a file says of its size is not
believed, each is unfolded and counted.
"""

from __future__ import annotations

import json
import re
import stat
import sys
import zipfile
import zlib
from io import BytesIO
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

FICHIERS: Final = 60
"""Files of an archive."""
DEPLIE: Final = 60 * 2**20
"""Bytes of all of them, once unfolded."""
UN_FICHIER: Final = 20 * 2**20 + 1
"""Bytes of one that are kept: one more than what is taken, so that who reads it says that it is too large."""
MORCEAU: Final = 1 << 16
UTF8: Final = 0x800
CHIFFRE: Final = 0x1
SOURDS: Final = re.compile(
    r"(?:^|/)(?:__MACOSX/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE
)
"""What systems add of themselves."""
METHODES: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Refusee(Exception):
    """The code of a reason, for the whole archive."""


def _nom(entree: zipfile.ZipInfo) -> str:
    """The name of a file, with its folders. Raises Refusee for a path that leaves the archive."""
    nom = entree.orig_filename
    if not entree.flag_bits & UTF8:
        brut = nom.encode("cp437", errors="replace")
        try:
            nom = brut.decode("utf-8")
        except UnicodeDecodeError:
            nom = brut.decode("cp850", errors="replace")  # what Windows writes in French
    nom = nom.replace("\\", "/")
    if "\0" in nom or nom.startswith("/") or re.match(r"[A-Za-z]:", nom) or ".." in nom.split("/"):
        raise Refusee("chemin")
    return nom


def fichiers(octets: bytes) -> Iterator[tuple[str, bytes]]:
    """Each file of an archive, its bytes cut past what is taken of one. Raises Refusee."""
    try:
        archive = zipfile.ZipFile(BytesIO(octets))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise Refusee("abime") from None
    lus, total = 0, 0
    for entree in archive.infolist():
        nom = _nom(entree)
        if stat.S_ISLNK(entree.external_attr >> 16):
            raise Refusee("chemin")
        if nom.endswith("/") or SOURDS.search(nom):
            continue
        if entree.flag_bits & CHIFFRE:
            raise Refusee("chiffre")
        if entree.compress_type not in METHODES:
            raise Refusee("methode")
        lus += 1
        if lus > FICHIERS:
            raise Refusee("trop")
        contenu = bytearray()
        try:
            with archive.open(entree) as flux:
                while morceau := flux.read(MORCEAU):
                    total += len(morceau)
                    if total > DEPLIE:
                        raise Refusee("bombe")
                    contenu += morceau[: UN_FICHIER - len(contenu)]
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
        ):
            raise Refusee("abime") from None
        yield nom, bytes(contenu)
    if not lus:
        raise Refusee("vide")


def ecrire(octets: bytes, sortie: IO[bytes], *, contenus: bool) -> None:
    """Every file of an archive on an output, or why it is refused."""
    fin: dict[str, object] = {"fin": True}
    try:
        for nom, contenu in fichiers(octets):
            sortie.write(json.dumps({"nom": nom, "octets": len(contenu)}).encode() + b"\n")
            if contenus:
                sortie.write(contenu)
    except Refusee as refus:
        fin = {"refus": str(refus)}
    sortie.write(json.dumps(fin).encode() + b"\n")


def main() -> None:
    """The archive comes on the standard input."""
    ecrire(sys.stdin.buffer.read(), sys.stdout.buffer, contenus=sys.argv[1] == "contenus")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
