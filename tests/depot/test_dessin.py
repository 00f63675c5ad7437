"""A small drawing is read strictly, and keeps its pixels alone."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, PngImagePlugin

from binome.depot.dessin import COTE, ENTETE, DessinRefuse, lire_le_dessin
from binome.depot.flux import EICAR
from binome.depot.refus import PieceRefusee


def png(mode: str = "L", taille: tuple[int, int] = (200, 80), **autres: Any) -> bytes:
    tampon = BytesIO()
    Image.effect_noise(taille, 20).convert(mode).save(tampon, "PNG", **autres)
    return tampon.getvalue()


def morceau(sorte: bytes, donnees: bytes) -> bytes:
    controle = struct.pack(">I", zlib.crc32(sorte + donnees))
    return struct.pack(">I", len(donnees)) + sorte + donnees + controle


def ecrit(largeur: int, hauteur: int, pixels: bytes) -> bytes:
    entete = struct.pack(">IIBBBBB", largeur, hauteur, 8, 0, 0, 0, 0)
    return ENTETE + b"".join(
        (morceau(b"IHDR", entete), morceau(b"IDAT", zlib.compress(pixels)), morceau(b"IEND", b""))
    )


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "LA", "RGBA"])
def test_chaque_sorte_de_dessin_se_lit_et_reste_le_meme(mode: str) -> None:
    contenu = png(mode, (90, 40))
    garde = lire_le_dessin(contenu)
    with Image.open(BytesIO(contenu)) as avant, Image.open(BytesIO(garde)) as apres:
        assert avant.convert("RGBA").tobytes() == apres.convert("RGBA").tobytes()


def test_ce_que_le_fichier_porte_d_autre_n_est_pas_garde() -> None:
    dits = PngImagePlugin.PngInfo()
    dits.add_text("Author", "Léa Exemple")
    contenu = png(pnginfo=dits)
    assert b"Author" in contenu
    assert b"Author" not in lire_le_dessin(contenu)


@pytest.mark.parametrize(
    "contenu",
    [
        b"",
        b"GIF89a",
        ENTETE,
        png()[:-5],
        png() + b"suite",
        png()[:60] + b"!" + png()[61:],
        ecrit(10, 10, bytes(109)),
        ecrit(10, 10, bytes(111)),
        ecrit(10, 10, bytes(5_000_000)),
        ecrit(COTE + 1, 1, bytes(COTE + 2)),
        ecrit(0, 1, b""),
        png("RGB", (400, 300)),
    ],
    ids=[
        "vide", "gif", "entete", "coupe", "suite", "abime", "trop-peu", "trop", "bombe", "large", "nul", "lourd",
    ],
)  # fmt: skip
def test_le_reste_est_refuse(contenu: bytes) -> None:
    with pytest.raises(DessinRefuse):
        lire_le_dessin(contenu)


def test_les_bornes_sont_prises() -> None:
    assert lire_le_dessin(ecrit(COTE, 1, bytes(COTE // 2) + b"\xff" * (COTE // 2 + 1)))
    with pytest.raises(PieceRefusee):
        lire_le_dessin(ecrit(10, 10, bytes(110)) + EICAR)
