"""Whether a drawing holds ink: rows of a PNG are unfiltered one after the other, no further than needed to tell.

Ink is what differs from the background, which the first row is made of. A dot is no signature.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

SANS, A_GAUCHE, AU_DESSUS, MOYENNE, PAETH = range(5)
"""How a row of a PNG is written beside the pixel at its left and the row above."""
PART: Final = 20
"""Ink that spans less than one part in so many of the width and the height together is a dot."""

AU_PLUS: Final = 1_000_000
"""Bytes that are unfiltered one by one, at most: what is written so that they are more is taken for ink."""


def porte_de_l_encre(pixels: bytes, largeur: int, hauteur: int, bits: int) -> bool:
    """Whether the rows of a PNG, unfolded and still filtered, hold more than a dot; `bits` are those of a pixel.

    Raises ValueError for a filter that does not exist.
    """
    pas, longueur = max(1, bits // 8), (largeur * bits + 7) // 8
    pleins = largeur * bits // 8  # what ends a row inside a byte is no pixel
    assez = (largeur + hauteur) // PART
    gauche, droite, haut = longueur, 0, -1
    fond, avant, cout = b"", bytearray(), 0
    for rang, ligne in enumerate(_lignes(pixels, longueur, hauteur, pas)):
        cout += longueur if ligne is not avant and pixels[rang * (longueur + 1)] != SANS else 0
        if cout > AU_PLUS:
            return True
        avant, fond = ligne, fond or _fond(ligne[:pleins], pas)
        bornes = _encre(ligne[:pleins], fond)
        if bornes is None:
            continue
        haut = rang if haut < 0 else haut
        gauche, droite = min(gauche, bornes[0]), max(droite, bornes[1])
        if (droite - gauche) * 8 // bits + rang - haut >= assez:
            return True
    return False


def _fond(premiere: bytearray, pas: int) -> bytes:
    """The pixel that the first row is made of: that of two of its ends and its middle, where a signature reaches one."""
    milieu = len(premiere) // pas // 2 * pas
    debut, centre, fin = (
        bytes(premiere[place : place + pas]) for place in (0, milieu, len(premiere) - pas)
    )
    return fin if fin == centre else debut


def _encre(ligne: bytearray, fond: bytes) -> tuple[int, int] | None:
    """The first and the last byte of a row that are not of the background; None when all are."""
    unie = fond * (len(ligne) // len(fond))
    if ligne == unie:
        return None
    differe = [
        place for place, (un, autre) in enumerate(zip(ligne, unie, strict=True)) if un != autre
    ]
    return differe[0], differe[-1]


def _lignes(pixels: bytes, longueur: int, hauteur: int, pas: int) -> Iterator[bytearray]:
    dessus = bytearray(longueur)
    for rang in range(hauteur):
        debut = rang * (longueur + 1)
        filtre, ecrite = pixels[debut], pixels[debut + 1 : debut + 1 + longueur]
        dessus = _defiltrer(filtre, ecrite, dessus, pas)
        yield dessus


def _defiltrer(filtre: int, ecrite: bytes, dessus: bytearray, pas: int) -> bytearray:
    """A row as it is shown. Blank rows, which are most of a drawing, cost one comparison."""
    if filtre == SANS:
        return bytearray(ecrite)
    if filtre == AU_DESSUS:
        if not any(ecrite):
            return dessus
        return bytearray((un + autre) & 255 for un, autre in zip(ecrite, dessus, strict=True))
    if filtre == PAETH and not any(ecrite) and dessus == dessus[:pas] * (len(dessus) // pas):
        return dessus
    ligne = bytearray(ecrite)
    if filtre == A_GAUCHE:
        for place in range(pas, len(ligne)):
            ligne[place] = (ligne[place] + ligne[place - pas]) & 255
    elif filtre == MOYENNE:
        for place, haut in enumerate(dessus):
            cote = ligne[place - pas] if place >= pas else 0
            ligne[place] = (ligne[place] + (cote + haut) // 2) & 255
    elif filtre == PAETH:
        _paeth(ligne, dessus, pas)
    else:
        raise ValueError("un filtre inconnu")
    return ligne


def _paeth(ligne: bytearray, dessus: bytearray, pas: int) -> None:
    for place, haut in enumerate(dessus):
        cote, coin = (ligne[place - pas], dessus[place - pas]) if place >= pas else (0, 0)
        a, b, c = abs(haut - coin), abs(cote - coin), abs(cote + haut - 2 * coin)
        proche = cote if a <= b and a <= c else haut if b <= c else coin
        ligne[place] = (ligne[place] + proche) & 255
