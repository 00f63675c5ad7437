"""The score: what the projection made at the end of 2022 says of what came, beside a straight line.

Fitted on 2019-2022 alone. Blind for the numbers, not for who chose the model: see docs/projection.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from binome.projection.demande import DemandeDeProjection
from binome.projection.lecture import QUANTILES, tirages_de
from binome.projection.mois import rang
from binome.projection.parametres import CALE_JUSQU_AU, observations
from binome.projection.signatures import UN_AN, points

if TYPE_CHECKING:
    from collections.abc import Mapping

    from binome.projection.parametres import Point

AU: Final = date.fromisoformat(CALE_JUSQU_AU)
DATES_DU_BAROMETRE: Final = tuple(
    date.fromisoformat(un)
    for un in ("2023-11-30", "2023-12-31", "2024-10-31", "2024-12-31", "2025-11-30")
)
"""The four of the State barometer after 2022, and the count of the CNAM of October 2024."""


@dataclass(frozen=True, slots=True)
class PointCompare:
    """A count that came after the fit, beside what had been said of it."""

    observe: Point
    p10: float
    p50: float
    p90: float
    droite: float | None = None
    """What the straight line of the last year says, where there is one."""
    vu_au_calage: bool = False
    """Whether the fit knew that count: then it tests nothing."""

    @property
    def erreur(self) -> float:
        """The relative error of the median."""
        return self.p50 / self.observe.valeur - 1

    @property
    def erreur_de_la_droite(self) -> float:
        """The relative error of the straight line."""
        return (self.droite or 0.0) / self.observe.valeur - 1

    @property
    def couvert(self) -> bool:
        """Whether the interval holds it."""
        return self.p10 <= self.observe.valeur <= self.p90


@dataclass(frozen=True, slots=True)
class Score:
    """The score of a family of counts."""

    compares: tuple[PointCompare, ...]

    @property
    def erreur_moyenne(self) -> float:
        """The mean absolute relative error of the medians."""
        return sum(abs(une.erreur) for une in self.compares) / len(self.compares)

    @property
    def erreur_moyenne_de_la_droite(self) -> float:
        """The same, of the straight line."""
        return sum(abs(une.erreur_de_la_droite) for une in self.compares) / len(self.compares)

    @property
    def couverts(self) -> int:
        """How many counts the interval of eight draws in ten holds."""
        return sum(une.couvert for une in self.compares)


@lru_cache(maxsize=4)
def noter(famille: str = "A") -> Score:
    """What the end of 2022 said of every count of a family that came after it (of A, the five dates)."""
    venus = [
        un
        for un in observations().contrats[famille]
        if un.jour > AU and (famille != "A" or un.jour in DATES_DU_BAROMETRE)
    ]
    dernier = rang(venus[-1].jour)
    signes, _ = tirages_de(DemandeDeProjection(AU, dernier, famille=famille))
    compares = []
    for un in venus:
        bas, milieu, haut = np.quantile(signes[rang(un.jour)], list(QUANTILES.values()))
        compares.append(
            PointCompare(un, float(bas), float(milieu), float(haut), droite(famille, un.jour))
        )
    return Score(tuple(compares))


@lru_cache(maxsize=4)
def noter_la_suite(famille: str = "A") -> Mapping[str, PointCompare]:
    """What the end of 2022 said of people, entries and certified people, beside the last count of each.

    Only the entries up to June 2023 came after the fit; the others are what it was fitted on.
    """
    _, flux = tirages_de(
        DemandeDeProjection(AU, rang(observations().suite[-1].jour), famille=famille)
    )
    compares = {}
    for un in (*observations().calage, *observations().suite):
        if un.du is None:
            jusqu_a = rang(un.jour) + 1
            rendu = (
                flux.personnes[jusqu_a - 1]
                if un.serie == "personnes"
                else getattr(flux, un.serie)[:jusqu_a].sum(axis=0)
            )
            bas, milieu, haut = (float(x) for x in np.quantile(rendu, list(QUANTILES.values())))
            compares[un.serie] = PointCompare(un, bas, milieu, haut, vu_au_calage=un.jour <= AU)
    return compares


def droite(famille: str, jour: date) -> float:
    """The straight line from the first count of the last year to its last one, prolonged to a day."""
    *_, dernier = connus = points(famille, AU)
    premier = next(un for un in connus if (AU - un.jour).days <= UN_AN)
    pas = (dernier.valeur - premier.valeur) / (dernier.jour - premier.jour).days
    return dernier.valeur + pas * (jour - dernier.jour).days


def allures(famille: str) -> tuple[float, float]:
    """What the counts up to the end of 2022 show of the pace, in logs: its gap from a period to the next, its shocks a year.

    The first period, from nothing to the first contracts, is left out.
    """
    connus = points(famille, AU)
    jours = np.array([un.jour.toordinal() for un in connus], dtype=float)
    pas = np.diff([un.valeur for un in connus]) / np.diff(jours)
    ecarts = np.diff(np.log(pas))
    milieux = (jours[1:] + jours[:-1]) / 2
    ans = float(np.diff(milieux).sum()) / 365.25
    return float(np.sqrt((ecarts**2).mean())), float(np.sqrt((ecarts**2).sum() / ans))
