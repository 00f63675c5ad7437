"""Looking for words in every byte of some files, however they were written down."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING
from urllib.parse import quote

from binome.pliage import plier

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path


def _en_base64(octets: bytes) -> Iterator[bytes]:
    """What stays the same of a text within one that is encoded, at each of the three places it may start."""
    for decalage in range(3):
        code = base64.b64encode(b"\0" * decalage + octets)
        # The first letters and the last ones depend on what stands beside.
        yield code[4 if decalage else 0 : len(code) - 4]


def formes(mot: str) -> tuple[list[bytes], list[bytes]]:
    """How a word may be written: first where capitals count for nothing, then where they do.

    UTF-8, JSON, folded, in an address, quoted-printable, UTF-16; then base64.
    """
    octets = mot.encode()
    cite = b"".join(b"=%02X" % un if un > 126 else bytes([un]) for un in octets)
    textes = [
        octets,
        json.dumps(mot)[1:-1].encode(),
        plier(mot).encode(),
        quote(mot).encode(),
        cite,
    ]
    textes += [mot.lower().encode(), mot.encode("utf-16-le")]
    return list(dict.fromkeys(un.lower() for un in textes)), list(_en_base64(octets))


def trouver(contenu: bytes, mots: Mapping[str, str]) -> set[str]:
    """Which of some words, by what they are called, are in these bytes."""
    # A line of a mail that is cut goes on: `=` at its end is no part of it.
    entier = contenu.replace(b"=\r\n", b"").replace(b"=\n", b"")
    sans_casse = entier.lower()
    trouves = set()
    for nom, mot in mots.items():
        simples, en_base64 = formes(mot)
        if any(une in sans_casse for une in simples) or any(une in entier for une in en_base64):
            trouves.add(nom)
    return trouves


def fouiller(racines: Iterable[Path], mots: Mapping[str, str]) -> dict[str, set[str]]:
    """What each file under some folders holds of them; nothing for a file that holds none."""
    trouves = {}
    for racine in racines:
        for chemin in sorted(racine.rglob("*")):
            if chemin.is_file() and (dits := trouver(chemin.read_bytes(), mots)):
                trouves[str(chemin.relative_to(racine.parent))] = dits
    return trouves
