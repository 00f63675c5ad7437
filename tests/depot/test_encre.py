"""A drawing without ink, or of one dot, is no signature; its rows are read as any reader of PNG reads them."""

from __future__ import annotations

import random
import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from binome.depot.dessin import ENTETE, DessinRefuse, lire_le_dessin
from binome.depot.encre import _lignes, porte_de_l_encre
from tests.depot.test_dessin import morceau

COULEURS: dict[str, tuple[int | tuple[int, ...], int | tuple[int, ...]]] = {
    "1": (1, 0), "L": (255, 0), "P": (0, 1), "RGB": ((255, 255, 255), (10, 10, 10)),
    "RGBA": ((0, 0, 0, 0), (10, 10, 10, 255)),
}  # fmt: skip
"""For each kind of drawing, its background and its ink."""


def dessine(mode: str, *traits: tuple[int, int, int, int]) -> bytes:
    fond, encre = COULEURS[mode]
    vue = Image.new(mode, (301, 121), fond)
    for trait in traits:
        ImageDraw.Draw(vue).line(trait, fill=encre, width=3)
    tampon = BytesIO()
    vue.save(tampon, "PNG")
    return tampon.getvalue()


@pytest.mark.parametrize("mode", list(COULEURS))
def test_vide_ou_d_un_point_le_dessin_est_refuse(mode: str) -> None:
    for traits in ([], [(150, 60, 153, 62)], [(0, 0, 2, 2)]):
        with pytest.raises(DessinRefuse, match="vide"):
            lire_le_dessin(dessine(mode, *traits))
    for traits in (
        [(20, 60, 60, 70)],
        [(280, 10, 282, 60)],
        [(20, 20, 23, 22), (250, 90, 252, 92)],
    ):
        assert lire_le_dessin(dessine(mode, *traits))


@pytest.mark.parametrize("filtre", range(5))
def test_chaque_facon_d_ecrire_une_ligne_se_lit(filtre: int) -> None:
    """The rows of noise, under each filter, as Pillow shows them."""
    largeur, hauteur, pas = 17, 9, 3
    hasard = random.Random(filtre)  # noqa: S311 - noise, not a secret
    pixels = b"".join(bytes([filtre]) + hasard.randbytes(largeur * pas) for _ in range(hauteur))
    entete = struct.pack(">IIBBBBB", largeur, hauteur, 8, 2, 0, 0, 0)
    contenu = ENTETE + b"".join(
        (morceau(b"IHDR", entete), morceau(b"IDAT", zlib.compress(pixels)), morceau(b"IEND", b""))
    )
    with Image.open(BytesIO(contenu)) as vue:
        attendus = vue.tobytes()
    assert b"".join(_lignes(pixels, largeur * pas, hauteur, pas)) == attendus


def test_un_filtre_qui_n_existe_pas_n_est_pas_lu() -> None:
    with pytest.raises(ValueError, match="filtre"):
        porte_de_l_encre(bytes([5, 1, 2, 3]), 3, 1, 8)
