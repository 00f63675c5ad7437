"""The picture of the hours: one bar a bloc, each status with its pattern and its word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from binome.regles.calendrier import duree_en_clair
from binome.regles.metiers.annonce import STATUTS, BarreDeBloc, barres, forfait

if TYPE_CHECKING:
    from binome.regles.metiers.positionnement import Positionnement

LARGEUR: Final = 640
MOTS: Final = {
    "a_suivre": "à suivre",
    "acquis": "déjà acquis",
    "dispense": "dispensé",
    "epreuve": "épreuves",
}


@dataclass(frozen=True, slots=True)
class MorceauDHeures:
    """A piece of a bar, in units of the drawing."""

    statut: str
    x: int
    largeur: int


@dataclass(frozen=True, slots=True)
class LigneDHeures:
    """One bar with its words."""

    titre: str
    morceaux: tuple[MorceauDHeures, ...]
    detail: str
    bloc: BarreDeBloc | None = None


@dataclass(frozen=True, slots=True)
class ImageDesHeures:
    """The whole picture."""

    lignes: tuple[LigneDHeures, ...]


def _ligne(
    titre: str, minutes: dict[str, int], echelle: float, bloc: BarreDeBloc | None = None
) -> LigneDHeures:
    morceaux, x, mots = [], 0, []
    for statut, duree in minutes.items():
        if not duree:
            continue
        largeur = max(4, round(duree * echelle))
        morceaux.append(MorceauDHeures(statut, x, largeur))
        mots.append(f"{duree_en_clair(duree)} {MOTS[statut]}")
        x += largeur
    return LigneDHeures(titre, tuple(morceaux), ", ".join(mots), bloc)


def dessiner(reponse: Positionnement) -> ImageDesHeures | None:
    """The picture of an answer; None when there is nothing to follow."""
    referentiel = reponse.referentiel
    blocs = list(barres(reponse))
    if referentiel is None or not blocs:
        return None
    echelle = LARGEUR / max(bloc.minutes for bloc in referentiel.blocs)
    lignes = [
        _ligne(
            f"Bloc {un.numero} : {un.intitule}",
            {statut: un.minutes[statut] for statut in STATUTS},
            echelle,
            un,
        )
        for un in blocs
    ]
    evaluations = reponse.minutes["evaluations"]
    if evaluations:
        lignes.append(_ligne("Épreuves", {"epreuve": evaluations}, echelle))
    en_moins = forfait(reponse)
    if en_moins:
        titre = "En moins, sans modules nommés"
        lignes.append(_ligne(titre, {"dispense": en_moins}, echelle))
    return ImageDesHeures(tuple(lignes))
