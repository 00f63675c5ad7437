"""An image written again: upright, of a bounded size, and with nothing else than its pixels."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import TYPE_CHECKING, Final

from binome.depot.flux import FichierRefuse

if TYPE_CHECKING:
    from PIL.Image import Image as Vue

POINTS: Final = 50_000_000
"""Pixels of an image: an A4 page at 600 dots an inch is 35 millions."""
COTE: Final = 5000
"""Pixels of the longest side that is kept: more than an A4 page at 400 dots an inch."""
ORIENTATION: Final = 0x0112
"""The tag that says how the camera was held."""
POIDS: Final = 10 * 2**20
"""Bytes of an image that is kept; heavier once written, it is made smaller."""


def lire_image(octets: bytes, sorte: str) -> bytes:
    """The image to keep, for a `jpg` or a `png`. Raises FichierRefuse."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415

    Image.MAX_IMAGE_PIXELS = POINTS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        with Image.open(BytesIO(octets), formats=("PNG" if sorte == "png" else "JPEG",)) as lue:
            if lue.width * lue.height > POINTS:
                raise FichierRefuse("trop_de_points")
            return _ecrire(_nue(lue, sorte), sorte)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as trop:
        raise FichierRefuse("trop_de_points") from trop
    except UnidentifiedImageError as illisible:
        raise FichierRefuse("abime") from illisible


def _nue(vue: Vue, sorte: str) -> Vue:
    """The pixels alone, upright, in a way of counting colours that every reader knows.

    Made smaller before anything else is: each copy of a large photo costs two hundred megabytes.
    """
    from PIL import ImageOps  # noqa: PLC0415

    sens = vue.getexif().get(ORIENTATION, 1)
    if vue.mode.startswith("I"):
        # Sixteen bits of grey: a plain conversion would cut them, and make a white page of a scan.
        vue = vue.point(lambda valeur: valeur / 256).convert("L")
    elif vue.mode not in (("L", "RGB") if sorte == "jpg" else ("1", "L", "RGB", "RGBA")):
        claire = "A" in vue.getbands() or "transparency" in vue.info
        vue = vue.convert("RGBA" if claire and sorte == "png" else "RGB")
    vue.thumbnail((COTE, COTE))
    vue.getexif()[ORIENTATION] = sens
    droite = ImageOps.exif_transpose(vue)
    droite.info.clear()
    return droite


def _ecrire(vue: Vue, sorte: str) -> bytes:
    while True:
        tampon = BytesIO()
        if sorte == "png":
            vue.save(tampon, "PNG")
        else:
            vue.save(tampon, "JPEG", quality=90)
        if tampon.tell() <= POIDS:
            return tampon.getvalue()
        vue.thumbnail((vue.width * 7 // 10, vue.height * 7 // 10))
