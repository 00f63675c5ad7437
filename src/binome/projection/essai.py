"""A question with its reforms and without: the paired differences, and the sentence that says why.

Both sides have the same draws: what is left is what the reforms change, and none of the noise.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from binome.projection.flux import CONTRAINTES
from binome.projection.lecture import COURBES, ecart, projeter
from binome.projection.leviers import NON_CHIFFRABLE
from binome.projection.mois import fin, premier_a_venir
from binome.projection.parametres import recommandations

if TYPE_CHECKING:
    from collections.abc import Mapping

    from binome.projection.demande import DemandeDeProjection

LA_CONTRAINTE: Final[Mapping[str, str]] = {
    "demande": "le nombre de personnes prêtes à entrer",
    "places": "le manque de places",
    "argent": "le manque d’argent",
}
"""What holds the entries back, as the subject of a sentence."""
UN_POINT: Final = 0.01
RIEN: Final = 0.5
"""Fewer people than that are none."""
PAS: Final = 3
"""Months between two points of a picture: the ends of quarters."""


@dataclass(frozen=True, slots=True)
class EssaiDeReforme:
    """What the reforms of a question change at its last month, centile by centile, and month by month for entries.

    `retenues` and `retenues_avec`: how often each holds the entries back, without and with the reforms.
    """

    demande: DemandeDeProjection
    differences: Mapping[str, Mapping[str, float]]
    rangs: tuple[int, ...]
    entrees: tuple[tuple[float, ...], ...]
    retenues: Mapping[str, float]
    retenues_avec: Mapping[str, float]

    @property
    def chiffrable(self) -> bool:
        """Whether one of the reforms at least may move a curve."""
        connues = recommandations()
        return any(
            nom not in connues or connues[nom].classe != NON_CHIFFRABLE
            for nom in self.demande.reformes
        )

    @property
    def entrees_de_plus(self) -> bool:
        """Whether the entries change in one draw in ten at least."""
        trois = self.differences["entrees"]
        return max(abs(trois["p10"]), abs(trois["p90"])) >= RIEN

    @property
    def pourquoi(self) -> str:
        """Why the entries change, or do not: what holds them back."""
        if not self.demande.reformes:
            return "Aucune recommandation n’est choisie : rien ne change."
        if not self.chiffrable:
            return "Aucune courbe ne bouge : aucune source ne donne l’effet."
        elle, change = (
            ("elle", "change") if len(self.demande.reformes) == 1 else ("elles", "changent")
        )
        recul = {une: self.retenues[une] - self.retenues_avec[une] for une in CONTRAINTES}
        cede = max(CONTRAINTES, key=lambda une: recul[une])
        if not self.entrees_de_plus or recul[cede] < UN_POINT:
            quoi = max(CONTRAINTES, key=lambda une: self.retenues[une])
            retenait = f"{LA_CONTRAINTE[quoi]} retient les entrées {_pourcent(self.retenues[quoi])} du temps"
            if self.entrees_de_plus:
                return f"Les entrées changent un peu : {retenait}, avec {elle} ou sans {elle}."
            return f"Aucune entrée de plus : {retenait}, et {elle} n’y {change} rien."
        arrive = min(CONTRAINTES, key=lambda une: recul[une])
        return (
            f"Les entrées changent : {LA_CONTRAINTE[cede]} les retient {_pourcent(self.retenues[cede])} du temps "
            f"sans {elle}, {_pourcent(self.retenues_avec[cede])} avec {elle}. Alors {LA_CONTRAINTE[arrive]} "
            f"les retient plus souvent : {_pourcent(self.retenues_avec[arrive])} du temps."
        )


def _pourcent(part: float) -> str:
    return f"{100 * part:.0f}\u202f%"


@lru_cache(maxsize=128)
def essayer_la_reforme(demande: DemandeDeProjection) -> EssaiDeReforme:
    """The paired differences of a question with the same question without its reforms."""
    avec, sans = projeter(demande), projeter(replace(demande, reformes=()))
    premier = premier_a_venir(demande.au)
    rangs = tuple(
        numero
        for numero in range(premier, demande.jusqu_a + 1)
        if numero in (premier, demande.jusqu_a) or fin(numero).month % PAS == 0
    )
    de_plus = avec.complets["entrees"][list(rangs)] - sans.complets["entrees"][list(rangs)]
    bas, milieu, haut = np.quantile(de_plus, (0.1, 0.5, 0.9), axis=1)
    return EssaiDeReforme(
        demande,
        {courbe: ecart(avec, sans, courbe) for courbe in COURBES},
        rangs,
        tuple(tuple(float(un) for un in ligne) for ligne in (bas, milieu, haut)),
        sans.retenues(),
        avec.retenues(),
    )
