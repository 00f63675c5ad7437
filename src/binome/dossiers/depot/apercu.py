"""One page of a PDF as an image; run as a process of its own: `python -m … SOURCE PAGE`, PNG out."""

from __future__ import annotations

import resource
import sys
from io import BytesIO
from typing import Final

MEMOIRE: Final = 900 * 2**20
CALCUL: Final = 15
LARGEUR: Final = 1100
"""Pixels of the image's width."""
HAUTEUR: Final = 3000

if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMOIRE, MEMOIRE))
    resource.setrlimit(resource.RLIMIT_CPU, (CALCUL, CALCUL))
    import pypdfium2

    document = pypdfium2.PdfDocument(sys.argv[1])
    page = document[int(sys.argv[2]) - 1]
    largeur, hauteur = page.get_size()
    echelle = min(LARGEUR / max(largeur, 1), HAUTEUR / max(hauteur, 1))
    tampon = BytesIO()
    page.render(scale=echelle, may_draw_forms=False).to_pil().convert("RGB").save(tampon, "PNG")
    sys.stdout.buffer.write(tampon.getvalue())
