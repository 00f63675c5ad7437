"""The answer: quantiles of the draws, what holds entries back, and where every number comes from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from binome.projection.flux import CONTRAINTES, couler
from binome.projection.leviers import leviers, regime
from binome.projection.mois import nom, premier_a_venir, rang
from binome.projection.signatures import contrats, passe
from binome.projection.sources import sources
from binome.projection.tirages import jeu

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from binome.projection.demande import DemandeDeProjection
    from binome.projection.flux import FluxProjetes
    from binome.projection.parametres import Point
    from binome.projection.tirages import Nombres

COURBES: Final = ("contrats", "personnes", "entrees", "certifies", "euros")
QUANTILES: Final = {"p10": 0.1, "p50": 0.5, "p90": 0.9}
"""Eight draws in ten are between the first and the last."""
BANDES: Final = (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)
"""The bounds of the three bands of a picture: half of the draws, eight in ten, nineteen in twenty."""


@dataclass(frozen=True)
class Projection:
    """The draws of a question, one row a month to come, one column a draw.

    `contrats` and `personnes` are stocks at the end of the month. `entrees` and `certifies` are counted since the
    scheme began, `euros` since the day `au`: what is committed for those who enter. `complets` has the same curves
    from September 2019 on.
    """

    demande: DemandeDeProjection
    mois: tuple[str, ...]
    contrats: Nombres
    personnes: Nombres
    entrees: Nombres
    certifies: Nombres
    euros: Nombres
    retient: NDArray[np.int8]
    complets: Mapping[str, Nombres]

    def quantiles(self, courbe: str) -> dict[str, list[int]]:
        """The three centiles of a curve, month by month, rounded to the unit."""
        rendus = np.quantile(getattr(self, courbe), list(QUANTILES.values()), axis=1)
        return {
            nom_: [int(un) for un in np.rint(ligne)]
            for nom_, ligne in zip(QUANTILES, rendus, strict=True)
        }

    def part_atteinte(self, cible: Point) -> float | None:
        """The share of draws whose contracts reach a target on its day; None where its month is not to come here."""
        rang_ = rang(cible.jour)
        if not premier_a_venir(self.demande.au) <= rang_ <= self.demande.jusqu_a:
            return None
        return float((self.complets["contrats"][rang_] >= cible.valeur).mean())

    def eventail(self, courbe: str, rangs: Sequence[int]) -> NDArray[np.float64]:
        """The seven centiles of BANDES for some months since September 2019, one row a centile."""
        rendus: NDArray[np.float64] = np.quantile(
            self.complets[courbe][list(rangs)], BANDES, axis=1
        )
        return rendus

    def retenues(self) -> dict[str, float]:
        """The share of the draws and of the months to come in which each holds the entries back."""
        return {quoi: float((self.retient == rang).mean()) for rang, quoi in enumerate(CONTRAINTES)}

    @property
    def contrainte(self) -> list[dict[str, float]]:
        """Month by month, the share of draws in which each holds the entries back."""
        parts = [(self.retient == numero).mean(axis=1) for numero in range(len(CONTRAINTES))]
        return [
            {quoi: round(float(part), 3) for quoi, part in zip(CONTRAINTES, du_mois, strict=True)}
            for du_mois in zip(*parts, strict=True)
        ]

    def _ce_qui_retient(self) -> str:
        quoi, part = max(self.contrainte[-1].items(), key=lambda une: une[1])
        return (
            f"Ce qui retient les entrées en {self.mois[-1]} : {quoi}, dans {part * 100:.0f} % des tirages ; "
            "une recommandation qui n’y touche pas n’y change presque rien."
        )

    def en_json(self) -> dict[str, Any]:
        """The answer as its JSON contract fixes it."""
        return {
            "mois": list(self.mois),
            **{courbe: self.quantiles(courbe) for courbe in COURBES},
            "contrainte": self.contrainte,
            "sources": [self._ce_qui_retient(), *sources(self.demande)],
        }


def tirages_de(demande: DemandeDeProjection) -> tuple[Nombres, FluxProjetes]:
    """The contracts and the flows of every month since September 2019, for a question."""
    mois = demande.jusqu_a + 1
    tires = jeu(demande.famille, demande.au, demande.posees)
    leves = leviers(demande)
    pousse = np.where(np.arange(mois) >= leves.depuis, leves.signatures, 1.0)
    signes = contrats(passe(demande.famille, demande.au), mois, tires, pousse)
    return signes, couler(signes, tires, regime(demande, mois, tires, leves))


@lru_cache(maxsize=4)
def projeter(demande: DemandeDeProjection) -> Projection:
    """The answer to a question: the same numbers for the same question, and the same draws for any two."""
    signes, flux = tirages_de(demande)
    venir = premier_a_venir(demande.au)
    complets = {
        "contrats": signes,
        "personnes": flux.personnes,
        **{
            courbe: np.cumsum(getattr(flux, courbe), axis=0)
            for courbe in ("entrees", "certifies", "euros")
        },
    }
    return Projection(
        demande,
        tuple(nom(numero) for numero in range(venir, demande.jusqu_a + 1)),
        **{courbe: complets[courbe][venir:] for courbe in COURBES},
        retient=flux.retient[venir:],
        complets=complets,
    )


def ecart(avec: Projection, sans: Projection, courbe: str) -> Mapping[str, float]:
    """What a question changes to another at the end, draw by draw: the centiles of the paired differences."""
    de_plus = getattr(avec, courbe)[-1] - getattr(sans, courbe)[-1]
    rendus = np.quantile(de_plus, list(QUANTILES.values()))
    return {nom_: float(un) for nom_, un in zip(QUANTILES, rendus, strict=True)}
