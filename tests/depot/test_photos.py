"""Photos as telephones take them: kept upright, light and legible, without what they say besides."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Final

import pytest
from PIL import Image

from binome.depot.controle import OCTETS, OCTETS_D_UNE_IMAGE, controler, lire_au_plus
from binome.depot.image import LEGER, LISIBLE
from binome.depot.refus import PieceRefusee

pytestmark = pytest.mark.sqlite

IPHONE: Final = (Path(__file__).parent / "photos" / "iphone.heic").read_bytes()
"""A photo of 320 by 240 pixels, held upright, that says who made it and where (written by libheif, for these tests)."""


def test_une_photo_d_iphone_est_gardee_droite_en_jpeg_sans_le_lieu() -> None:
    assert b"Apple" in IPHONE
    document = controler(IPHONE)
    assert (document.suffixe, document.type, document.pages) == ("jpg", "image/jpeg", 1)
    with Image.open(BytesIO(document.contenu)) as gardee:
        assert gardee.format == "JPEG"
        assert gardee.size == (240, 320)
        assert not gardee.getexif()
        # Its red mark was at the top left of what the camera saw: at the top right once upright.
        rouge = gardee.getchannel("R")
        assert rouge.getpixel((225, 30)) == pytest.approx(200, abs=20)
        assert rouge.getpixel((60, 30)) == pytest.approx(80, abs=25)
    assert b"Apple" not in document.contenu


def _photo(cote: int) -> bytes:
    """A photo full of detail, heavy whatever its quality."""
    grains = Image.effect_noise((cote // 3, cote // 4), 60).resize((cote, cote * 3 // 4))
    return _en_octets(Image.merge("RGB", (grains, grains.rotate(180), grains)))


def _en_octets(vue: Image.Image) -> bytes:
    tampon = BytesIO()
    vue.save(tampon, "JPEG", quality=100)
    return tampon.getvalue()


def test_une_photo_de_plus_de_dix_megaoctets_est_prise_et_reduite() -> None:
    contenu = _photo(4032)
    assert OCTETS < len(contenu) < OCTETS_D_UNE_IMAGE
    document = controler(lire_au_plus([contenu]))
    assert len(document.contenu) <= LEGER
    with Image.open(BytesIO(document.contenu)) as gardee:
        assert max(gardee.size) >= LISIBLE


def test_une_photo_sans_fin_s_arrete() -> None:
    morceau = b"\xff\xd8\xff" + b"\0" * (OCTETS_D_UNE_IMAGE - 3)
    assert len(lire_au_plus([morceau])) == OCTETS_D_UNE_IMAGE
    with pytest.raises(PieceRefusee) as refus:
        lire_au_plus([morceau, b"\0"])
    assert refus.value.code == "photo_trop_grosse"
