"""The picture of the référentiels: for each bloc, one bar a référentiel, each with its pattern."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from binome.regles.calendrier import duree_en_clair
from binome.site.regles.appariement import nom_court

if TYPE_CHECKING:
    from collections.abc import Sequence

    from binome.regles.referentiels import Referentiel

LARGEUR: Final = 400
ETIQUETTE: Final = 62
"""Room kept at the end of the longest bar for its length in words."""
TITRE: Final = 24
BARRE: Final = 20
PAS: Final = 25
ENTRE: Final = 14
FACONS: Final = ("un", "deux")
"""The two patterns, by their class."""


class BarreDeReferentiel(NamedTuple):
    """One bar, in units of the drawing, with the place and the words of its length."""

    facon: str
    y: int
    largeur: int
    texte_x: int
    texte_y: int
    duree: str


class RangeeDeBarres(NamedTuple):
    """A title and its bars."""

    titre: str
    y: int
    barres: tuple[BarreDeReferentiel, ...]


class ImageDesReferentiels(NamedTuple):
    """The whole picture, with its legend and the sentence that says what it shows."""

    rangs: tuple[RangeeDeBarres, ...]
    largeur: int
    hauteur: int
    barre: int
    legende: tuple[tuple[str, str], ...]
    description: str


def dessiner(referentiels: Sequence[Referentiel]) -> ImageDesReferentiels:
    """One référentiel, or two side by side. They must have the same bloc numbers."""
    minutes = {
        f"Bloc {bloc.numero}": [un.bloc(bloc.numero).minutes for un in referentiels]
        for bloc in referentiels[0].blocs
    }
    evaluations = [un.evaluations for un in referentiels if un.evaluations is not None]
    if len(evaluations) == len(referentiels):
        minutes["Évaluations"] = evaluations
    echelle = (LARGEUR - ETIQUETTE) / max(max(durees) for durees in minutes.values())
    rangs, y = [], 0
    for titre, durees in minutes.items():
        barres = []
        for numero, (facon, duree) in enumerate(zip(FACONS, durees, strict=False)):
            haut, largeur = y + TITRE + numero * PAS, round(duree * echelle)
            barres.append(
                BarreDeReferentiel(
                    facon, haut, largeur, largeur + 6, haut + BARRE - 5, duree_en_clair(duree)
                )
            )
        rangs.append(RangeeDeBarres(titre, y + TITRE - 7, tuple(barres)))
        y += TITRE + len(durees) * PAS + ENTRE
    noms = [nom_court(un) for un in referentiels]
    description = " ; ".join(
        f"{rang.titre} : {', '.join(barre.duree for barre in rang.barres)}" for rang in rangs
    )
    legende = tuple(zip(FACONS, noms, strict=False))
    return ImageDesReferentiels(
        tuple(rangs), LARGEUR, y, BARRE, legende, f"{', '.join(noms)}. {description}"
    )
