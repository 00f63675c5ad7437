"""A small drawing that comes in numbers, as a signature: a PNG read strictly here, without a process of its own.

A drawing is thirty kilobytes at most, and a dozen come at once: the wall of `controle` would take seconds. What is
read is bounded before it is unfolded, and only the pixels are kept.
"""

from __future__ import annotations

import struct
import zlib
from typing import Final

from binome.depot.antivirus import analyser
from binome.depot.encre import porte_de_l_encre

ENTETE: Final = b"\x89PNG\r\n\x1a\n"
OCTETS: Final = 30_000
"""Bytes of a drawing, at most."""
COTE: Final = 2_000
"""Pixels of a side, at most."""
GARDES: Final = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")
"""The chunks that a drawing keeps: those that say its pixels."""
PROFONDEURS: Final = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
CANAUX: Final = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""What the format allows, by its kind of colour."""


class DessinRefuse(ValueError):
    """A drawing that is not taken; its message is for the person."""


def lire_le_dessin(contenu: bytes) -> bytes:
    """The drawing to keep: its pixels, and nothing else that the file carried.

    Raises DessinRefuse when it is too big, not a PNG, damaged or without ink, PieceRefusee for a virus.
    """
    if len(contenu) > OCTETS:
        raise DessinRefuse(f"Le dessin dépasse {OCTETS // 1000} ko.")
    if not contenu.startswith(ENTETE):
        raise DessinRefuse("Le dessin n’est pas une image PNG.")
    analyser(contenu)
    try:
        morceaux = _morceaux(contenu)
        dessine = _verifier_les_pixels(morceaux)
    except (struct.error, zlib.error, IndexError, ValueError) as faute:
        raise DessinRefuse("Le dessin est abîmé ou incomplet.") from faute
    if not dessine:
        raise DessinRefuse("Le cadre est vide, ou ne porte qu’un point : signez de nouveau.")
    return ENTETE + b"".join(
        _ecrit(sorte, donnees) for sorte, donnees in morceaux if sorte in GARDES
    )


def _morceaux(contenu: bytes) -> list[tuple[bytes, bytes]]:
    """The chunks of a PNG, up to its end. Raises ValueError when one is cut or was changed, or when something follows."""
    lus = []
    place = len(ENTETE)
    while place < len(contenu):
        longueur, sorte = struct.unpack_from(">I4s", contenu, place)
        donnees = contenu[place + 8 : place + 8 + longueur]
        (controle,) = struct.unpack_from(">I", contenu, place + 8 + longueur)
        if controle != zlib.crc32(sorte + donnees):
            raise ValueError("un morceau est abîmé")
        lus.append((sorte, donnees))
        place += 12 + longueur
    if lus[0][0] != b"IHDR" or lus[-1] != (b"IEND", b""):
        raise ValueError("un morceau manque")
    return lus


def _verifier_les_pixels(morceaux: list[tuple[bytes, bytes]]) -> bool:
    """Whether they hold ink. Raises ValueError unless the pixels unfold to just what the header says of them."""
    largeur, hauteur, bits, couleur, *reste = struct.unpack(">IIBBBBB", morceaux[0][1])
    if not (0 < largeur <= COTE and 0 < hauteur <= COTE) or reste != [0, 0, 0]:
        raise ValueError("ses dimensions")
    if bits not in PROFONDEURS.get(couleur, ()):
        raise ValueError("ses couleurs")
    bits_du_pixel = bits * CANAUX[couleur]
    attendus = hauteur * (1 + (largeur * bits_du_pixel + 7) // 8)
    pixels = b"".join(donnees for sorte, donnees in morceaux if sorte == b"IDAT")
    lecteur = zlib.decompressobj()
    depliee = lecteur.decompress(pixels, attendus + 1)
    if len(depliee) != attendus or not lecteur.eof or lecteur.unused_data:
        raise ValueError("ses pixels")
    return porte_de_l_encre(depliee, largeur, hauteur, bits_du_pixel)


def _ecrit(sorte: bytes, donnees: bytes) -> bytes:
    return (
        struct.pack(">I", len(donnees))
        + sorte
        + donnees
        + struct.pack(">I", zlib.crc32(sorte + donnees))
    )
