"""What our fonts can draw, read in the fonts themselves: a PDF/A may not hold a character without its shape."""

from __future__ import annotations

import struct
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from binome.typographie import FINE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

POLICES: Final = Path(__file__).parent / "polices"
FAMILLES: Final = (
    ("SourceSans3-Regular.ttf", "SourceSans3-SemiBold.ttf"),
    ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
)
"""The files of each family, in the order that pages ask for them; titles fall back on them too."""
SANS_FORME: Final = frozenset(f"\n \u00a0\u00ad\u2009\u200b\u200c\u200d{FINE}")
"""Spaces, ends of lines and joiners: there is nothing to draw."""
INTERDITES: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs"})
"""What has no shape of its own, or only that of one font: a PDF/A refuses it."""
VARIANTES: Final = dict.fromkeys(range(65024, 65040)) | {ord("\t"): " "}
"""What chooses between two pictures of one sign leaves; a tabulation is a space."""


def normal(texte: str) -> str:
    """The text as it is printed: composed letters, plain spaces."""
    return unicodedata.normalize("NFC", texte).translate(VARIANTES)


def _segments(octets: bytes) -> Iterator[range]:
    """The ranges of code points that the table `cmap` of a font gives a shape to (its format 12)."""
    (tables,) = struct.unpack_from(">H", octets, 4)
    for rang in range(tables):
        nom, _, debut, _ = struct.unpack_from(">4sIII", octets, 12 + 16 * rang)
        if nom != b"cmap":
            continue
        (versions,) = struct.unpack_from(">H", octets, debut + 2)
        for une in range(versions):
            _, _, place = struct.unpack_from(">HHI", octets, debut + 4 + 8 * une)
            if struct.unpack_from(">H", octets, debut + place) != (12,):
                continue
            (groupes,) = struct.unpack_from(">I", octets, debut + place + 12)
            for groupe in range(groupes):
                premier, dernier, forme = struct.unpack_from(
                    ">III", octets, debut + place + 16 + 12 * groupe
                )
                yield range(premier if forme else premier + 1, dernier + 1)


@cache
def couvertures() -> tuple[frozenset[str], ...]:
    """The characters that each family draws, in all of its weights."""
    return tuple(
        frozenset.intersection(
            *(
                frozenset(
                    caractere
                    for segment in _segments((POLICES / fichier).read_bytes())
                    for caractere in map(chr, segment)
                    if unicodedata.category(caractere) not in INTERDITES
                )
                for fichier in famille
            )
        )
        for famille in FAMILLES
    )


def _signes(texte: str) -> Iterator[str]:
    """Each letter with the marks that stand on it: one font draws them together."""
    signe = ""
    for caractere in texte:
        if signe and unicodedata.combining(caractere):
            signe += caractere
            continue
        if signe:
            yield signe
        signe = caractere
    if signe:
        yield signe


def _dessine(signe: str) -> bool:
    return signe in SANS_FORME or any(famille.issuperset(signe) for famille in couvertures())


def sans_dessin(texte: str) -> list[str]:
    """What our fonts cannot draw in a text, each once, in its order."""
    if texte.isascii() and texte.isprintable():
        return []
    return [signe for signe in dict.fromkeys(_signes(normal(texte))) if not _dessine(signe)]


def dessinable(texte: str) -> str:
    """The text as it is printed; a character that no font of ours draws is named by its number."""
    lu = normal(texte)
    for signe in sans_dessin(lu):
        lu = lu.replace(signe, "".join(f"[U+{ord(un):04X}]" for un in signe))
    return lu


def indessinable(textes: Mapping[str, str]) -> str | None:
    """Why the first of these texts cannot be printed, as a French sentence; None when all can be.

    Each text comes under what it is, in words: « La réserve ».
    """
    for quoi, texte in textes.items():
        manquent = sans_dessin(texte)
        if manquent:
            cites = ", ".join(f"« {un} »" for un in manquent[:5])
            return (
                f"{quoi} contient {cites} : aucune lettre ne peut l’imprimer. Écrivez-le autrement."
            )
    return None
