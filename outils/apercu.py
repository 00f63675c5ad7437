"""Draws the picture that goes with a shared address: `python -m outils.apercu`, offline, from our own drawing.

The picture is kept with the pages (`habillage/static/binome/apercu.png`); a test holds its size and its weight.
"""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Final

import typst
from PIL import Image

PAQUET: Final = Path(__file__).parents[1] / "src" / "binome"
IMAGE: Final = PAQUET / "habillage" / "static" / "binome" / "apercu.png"
DESSIN: Final = PAQUET / "site" / "gabarits" / "dessins" / "binome.html"
LARGEUR, HAUTEUR = 1200, 630
COULEURS: Final = 32
"""Flat inks on paper: as many are enough, and the picture weighs a third."""
STYLES: Final = {
    "trait": 'fill="none" stroke="#1b2a2e" stroke-width="2"',
    "trait-action": 'fill="none" stroke="#0f4c55" stroke-width="2.4"',
    "trait-action pas": 'fill="none" stroke="#0f4c55" stroke-width="2.4" stroke-dasharray="1 9"',
    "trait-corail": 'fill="none" stroke="#a93a1c" stroke-width="2.4"',
    "plein-action": 'fill="#0f4c55"',
    "plein-corail": 'fill="#a93a1c"',
    "plein-papier": 'fill="#fffdf8" stroke="#1b2a2e" stroke-width="2"',
}
"""What the style sheets say of the drawing, for who reads none."""
PAGE: Final = """
#set page(width: 1200pt, height: 630pt, margin: 64pt, fill: rgb("#faf5ec"))
#set text(font: "Source Sans 3", size: 34pt, fill: rgb("#1b2a2e"))
#align(horizon, grid(
  columns: (1fr, 560pt), gutter: 40pt, align: horizon,
  [
    #text(font: "Source Serif 4", weight: 600, size: 84pt)[Binôme]
    #v(-30pt)
    #par(leading: 12pt)[Devenir assistante médicale ou assistant médical : la voie, les heures, qui paie.]
    #v(6pt)
    #text(fill: rgb("#84290f"), weight: 600)[Chaque réponse cite ses textes.]
  ],
  image("/dessin.svg", width: 560pt),
))
"""


def dessin() -> str:
    """The drawing of the home page, its colours written in."""
    svg = DESSIN.read_text(encoding="utf-8")
    for classe, attributs in STYLES.items():
        svg = svg.replace(
            f'class="{classe}"', f'{attributs} stroke-linecap="round" stroke-linejoin="round"'
        )
    return re.sub(r"<svg [^>]*viewBox", '<svg xmlns="http://www.w3.org/2000/svg" viewBox', svg)


def apercu(dossier: Path) -> bytes:
    """The picture as a PNG of few colours, drawn in a folder of its own."""
    (dossier / "dessin.svg").write_text(dessin(), encoding="utf-8")
    (dossier / "page.typ").write_text(PAGE, encoding="utf-8")
    polices = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(PAQUET / "impression" / "polices")],
    )
    brute = typst.compile(
        str(dossier / "page.typ"), root=str(dossier), format="png", ppi=72, font_paths=polices
    )
    sortie = BytesIO()
    image = Image.open(BytesIO(brute)).convert("RGB")
    image.quantize(COULEURS).save(sortie, format="PNG", optimize=True)
    return sortie.getvalue()


def main() -> None:
    """Writes the picture beside the other files of the pages."""
    import tempfile  # noqa: PLC0415 - only to draw

    with tempfile.TemporaryDirectory() as dossier:
        IMAGE.write_bytes(apercu(Path(dossier)))
    print(f"{IMAGE} : {IMAGE.stat().st_size} octets")


if __name__ == "__main__":
    main()
