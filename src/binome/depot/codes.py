"""The QR codes of a scan or a photo; run behind the wall, given the file to read.

On its output, a JSON list of the texts of the codes of the first pages, in their order, each once. Only the standard
library, pypdfium2, Pillow and zxing-cpp: nothing of the house is in reach of what a file could make it do.
"""

from __future__ import annotations

import json
import sys
from io import BytesIO
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image

PAGES: Final = 4
"""Pages that are looked at: a sheet is one, or two, and a scanner adds a blank one."""
COTE: Final = 2400
"""Pixels of the longest side: an A4 page at 200 dots an inch."""
LONGUEUR: Final = 400
"""Characters of a text: a code of ours holds an address."""


def _pages(octets: bytes) -> Iterator[Image]:
    if octets.startswith(b"%PDF-"):
        import pypdfium2  # noqa: PLC0415 - an image does without it

        document = pypdfium2.PdfDocument(octets)
        for rang in range(min(PAGES, len(document))):
            page = document[rang]
            yield (
                page.render(scale=COTE / max(*page.get_size(), 1), may_draw_forms=False)
                .to_pil()
                .convert("L")
            )
        return
    from PIL import Image  # noqa: PLC0415 - within the limits

    with Image.open(BytesIO(octets), formats=("JPEG", "PNG")) as vue:
        vue.draft("L", (COTE, COTE))
        vue.thumbnail((COTE, COTE))
        yield vue.convert("L")


def lire(octets: bytes) -> list[str]:
    """The texts of the codes."""
    import zxingcpp  # noqa: PLC0415 - within the limits

    carres = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
    lus: dict[str, None] = {}
    for vue in _pages(octets):
        for code in zxingcpp.read_barcodes(vue, formats=carres):
            lus[code.text[:LONGUEUR]] = None
    return list(lus)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(lire(sys.stdin.buffer.read())))
