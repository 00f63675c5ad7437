"""A map of shares by département, in five classes of as many départements each; hatched where nothing is known.

A class is a number in a disc as well as a depth of paint: it is read without colour.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from binome.formations.carte import dessin_de_la_france
from binome.formations.territoires import departements

if TYPE_CHECKING:
    from collections.abc import Mapping

CLASSES: Final = 5
HACHURES: Final = "parts-hachures"


def classes_de(parts: Mapping[str, int]) -> dict[str, int]:
    """The class of each, from 1 to 5: equal values are of one class, the lowest that any of them would have."""
    valeurs = sorted(parts.values())
    return {code: 1 + CLASSES * valeurs.index(part) // len(valeurs) for code, part in parts.items()}


def bornes_de(parts: Mapping[str, int]) -> list[tuple[int, int, int]]:
    """Each class that is not empty: its number, its least and its greatest value."""
    classes = classes_de(parts)
    rendues = []
    for classe in range(1, CLASSES + 1):
        siennes = [parts[code] for code, une in classes.items() if une == classe]
        if siennes:
            rendues.append((classe, min(siennes), max(siennes)))
    return rendues


def carte_des_parts(titre: str, parts: Mapping[str, int]) -> str:
    """The map as one `<svg>`, with a title and a description. Raises ValueError for a code that is no département."""
    inconnus = parts.keys() - departements().keys()
    if inconnus:
        msg = f"départements inconnus : {', '.join(sorted(inconnus))}"
        raise ValueError(msg)
    dessin, classes = dessin_de_la_france(), classes_de(parts)
    formes = []
    for code, contour in dessin["contours"].items():
        classe = classes.get(code)
        peinture = (
            f'fill="url(#{HACHURES})"'
            if classe is None
            else f'fill="currentColor" fill-opacity="{0.08 + 0.14 * classe:.2f}"'
        )
        formes.append(f'<path d="{contour["d"]}" {peinture}/>')
        if classe is not None:
            x, y = contour["x"], contour["y"]
            formes.append(
                f'<circle cx="{x}" cy="{y}" r="20" fill="#fff" stroke-width="3"/>'
                f'<text class="carte-texte" x="{x}" y="{y + 10}" text-anchor="middle" font-size="28" fill="#222" '
                f'stroke="none">{classe}</text>'
            )
    manquent = len(dessin["contours"]) - len(classes)
    desc = (
        f"{len(parts)} départements en cinq classes, de 1, la plus basse, à 5, la plus haute. "
        f"{manquent} départements hachurés : sans valeur connue. Le tableau donne les nombres."
    )
    cadres = "".join(
        f'<rect x="{x}" y="{y}" width="{large}" height="{haut}" rx="8" stroke-opacity=".45"/>'
        for x, y, large, haut in (dessin["cadre_paris"], *dessin["cadres"].values())
    )
    return (
        f'<svg class="carte" viewBox="0 0 {dessin["largeur"]} {dessin["hauteur"]}" role="img" '
        'aria-labelledby="parts-titre parts-description" fill="none" stroke="currentColor" stroke-linejoin="round">'
        f'<title id="parts-titre">{escape(titre, quote=False)}</title>'
        f'<desc id="parts-description">{escape(desc, quote=False)}</desc>'
        f'<pattern id="{HACHURES}" width="14" height="14" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<path d="M0 0v14" stroke-width="2" stroke-opacity=".4"/></pattern>'
        f"{cadres}{''.join(formes)}</svg>"
    )
