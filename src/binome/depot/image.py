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
LEGER: Final = 2 * 2**20
"""Bytes that a photo is brought down to, as long as it stays legible."""
LISIBLE: Final = 2500
"""Pixels of the longest side under which a photo is not made smaller for its weight alone: the small print of an
identity card that fills a third of the picture is still read."""
QUALITES: Final = (90, 80)
"""Of a JPEG, the first that is light enough."""


FORMATS: Final = {"jpg": "JPEG", "png": "PNG", "heic": "HEIF"}


def lire_image(octets: bytes, sorte: str) -> bytes:
    """The image to keep, for a `jpg`, a `heic` (kept as JPEG) or a `png`. Raises FichierRefuse."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415

    Image.MAX_IMAGE_PIXELS = POINTS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        if sorte == "heic":
            _savoir_lire_les_heic()
        with Image.open(BytesIO(octets), formats=(FORMATS[sorte],)) as lue:
            if lue.width * lue.height > POINTS:
                raise FichierRefuse("trop_de_points")
            return _ecrire(_nue(lue, sorte), sorte)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as trop:
        raise FichierRefuse("trop_de_points") from trop
    except (UnidentifiedImageError, EOFError) as illisible:
        raise FichierRefuse("abime") from illisible


def _savoir_lire_les_heic() -> None:
    """Teaches Pillow the format, with one thread: the wall counts the memory of each."""
    import pi_heif  # noqa: PLC0415

    pi_heif.register_heif_opener(thumbnails=False, decode_threads=1)


def _nue(vue: Vue, sorte: str) -> Vue:
    """The pixels alone, upright, in a way of counting colours that every reader knows.

    Made smaller before anything else is: each copy of a large photo costs two hundred megabytes.
    """
    from PIL import ImageOps  # noqa: PLC0415

    sens = vue.getexif().get(ORIENTATION, 1)
    if vue.mode.startswith("I"):
        # Sixteen bits of grey: a plain conversion would cut them, and make a white page of a scan.
        vue = vue.point(lambda valeur: valeur / 256).convert("L")
    elif vue.mode not in (("1", "L", "RGB", "RGBA") if sorte == "png" else ("L", "RGB")):
        claire = "A" in vue.getbands() or "transparency" in vue.info
        vue = vue.convert("RGBA" if claire and sorte == "png" else "RGB")
    vue.thumbnail((COTE, COTE))
    vue.getexif()[ORIENTATION] = sens
    droite = ImageOps.exif_transpose(vue)
    droite.info.clear()
    return droite


def _ecrire(vue: Vue, sorte: str) -> bytes:
    while True:
        ecrite = _en_png(vue) if sorte == "png" else _en_jpeg(vue)
        if len(ecrite) <= (LEGER if sorte != "png" and max(vue.size) > LISIBLE else POIDS):
            return ecrite
        # The weight follows the surface, or nearly: one step is most often enough.
        part = min(0.9, 0.97 * (LEGER / len(ecrite)) ** 0.5) if sorte != "png" else 0.7
        cote = round(max(vue.size) * part)
        vue.thumbnail((max(cote, LISIBLE),) * 2 if len(ecrite) <= POIDS else (cote, cote))


def _en_png(vue: Vue) -> bytes:
    tampon = BytesIO()
    vue.save(tampon, "PNG")
    return tampon.getvalue()


def _en_jpeg(vue: Vue) -> bytes:
    """At the best quality that is light enough, else at the last one."""
    tampon = BytesIO()
    for qualite in QUALITES:
        tampon = BytesIO()
        vue.save(tampon, "JPEG", quality=qualite)
        if tampon.tell() <= LEGER:
            break
    return tampon.getvalue()
