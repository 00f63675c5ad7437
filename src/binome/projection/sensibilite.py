"""What the width of an answer comes from: the share of its variance that each unknown explains alone.

Read in the draws themselves (means by twentieths of an unknown): nothing is drawn again. What is left is what
several do together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from binome.projection.mois import premier_a_venir
from binome.projection.parametres import parametres
from binome.projection.tirages import TIRAGES, chocs, ecarts_de_depart, jeu

if TYPE_CHECKING:
    from binome.projection.lecture import Projection
    from binome.projection.tirages import Nombres

CLASSES: Final = 20
SIGNATURES_DITES: Final = {
    "depart": "L’allure de la prochaine période, loin de la dernière",
    "chocs": "Les chocs sur les signatures",
}
"""What moves contracts without being a parameter."""


def part_expliquee(inconnue: Nombres, rendu: Nombres) -> float:
    """The share of the variance of what comes out that one unknown explains alone, what chance gives taken off."""
    total = rendu.var()
    if total == 0 or np.ptp(inconnue) == 0:
        return 0.0
    par_classe = rendu[np.argsort(inconnue, kind="stable")].reshape(CLASSES, -1).mean(axis=1)
    hasard = (CLASSES - 1) / len(rendu)
    return max(float(par_classe.var() / total) - hasard, 0.0)


def sensibilite(rendue: Projection, courbe: str) -> dict[str, float]:
    """Each unknown with the share that it explains of a curve at its last month, the largest first."""
    demande = rendue.demande
    a_venir = slice(premier_a_venir(demande.au), demande.jusqu_a + 1)
    inconnues = {
        **jeu(demande.famille, demande.au, demande.posees),
        "depart": ecarts_de_depart(),
        "chocs": chocs()[a_venir].mean(axis=0),
    }
    fin: Nombres = getattr(rendue, courbe)[-1]
    parts = {nom: part_expliquee(tires[:TIRAGES], fin) for nom, tires in inconnues.items()}
    return dict(sorted(parts.items(), key=lambda une: -une[1]))


def titre_d_une_inconnue(nom: str) -> str:
    """An unknown in words."""
    return SIGNATURES_DITES.get(nom) or parametres()[nom].titre
