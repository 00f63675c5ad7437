"""Contracts: what was counted, drawn straight between two points, then the pace of the last year under shocks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from binome.projection.mois import fin, rang
from binome.projection.parametres import observations
from binome.projection.tirages import chocs, ecarts_de_depart

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from binome.projection.parametres import Point
    from binome.projection.tirages import Nombres

UN_AN: Final = 365
UN_MOIS: Final = 365.25 / 12


def points(famille: str, au: date) -> tuple[Point, ...]:
    """What was counted in a family up to a day (included)."""
    return tuple(un for un in observations().contrats[famille] if un.jour <= au)


@dataclass(frozen=True, slots=True)
class ContratsConnus:
    """What is known: contracts at the end of each month up to `dernier` (included), and the pace by month.

    `reste` is the part of the month after `dernier` that the last point does not cover, in months, which may
    be more than one.
    """

    connus: Nombres
    dernier: int
    depart: float
    reste: float
    allure: float


@lru_cache(maxsize=64)
def passe(famille: str, au: date) -> ContratsConnus:
    """The contracts of a family as known on a day: nothing after it is read."""
    debut = observations().debut
    connus = [(debut, 0.0), *((un.jour, un.valeur) for un in points(famille, au))]
    jours = np.array([jour.toordinal() for jour, _ in connus], dtype=float)
    valeurs = np.array([valeur for _, valeur in connus])
    dernier_jour, depart = connus[-1]
    # Before the scheme, no month is over.
    dernier = max(rang(dernier_jour) - (fin(rang(dernier_jour)) > dernier_jour), -1)
    fins = np.array([fin(numero).toordinal() for numero in range(dernier + 1)], dtype=float)
    reste = (fin(dernier + 1) - dernier_jour).days / UN_MOIS
    return ContratsConnus(np.interp(fins, jours, valeurs), dernier, depart, reste, _allure(connus))


def _allure(connus: Sequence[tuple[date, float]]) -> float:
    """Contracts a month over the year before the last point; before two points, the target of the time."""
    if len(connus) < 3:
        cible, debut = observations().cible_2022, observations().debut
        return cible.valeur / ((cible.jour - debut).days / UN_MOIS)
    jour, valeur = connus[-1]
    du = max(jour - timedelta(days=UN_AN), connus[0][0])
    avant = np.interp(
        du.toordinal(), [un.toordinal() for un, _ in connus], [nombre for _, nombre in connus]
    )
    return float((valeur - avant) / ((jour - du).days / UN_MOIS))


def contrats(
    vu: ContratsConnus, mois: int, tires: Mapping[str, Nombres], pousse: Nombres
) -> Nombres:
    """Contracts at the end of each of so many months, one row a month, one column a draw.

    `pousse` multiplies the signatures to come, one number a month. No more of them than eligible doctors.
    """
    tirages = len(tires["volatilite"])
    suite = np.empty((mois, tirages))
    faits = min(vu.dernier + 1, mois)
    suite[:faits] = vu.connus[:faits, None]
    oubli = np.exp(-np.log(2) / 12 / tires["demi_vie_ans"])
    choc = tires["volatilite"] / np.sqrt(12)
    plafond = tires["plafond_de_recours"] * tires["medecins_eligibles"]
    # The brake is 1 on the day of the last count, and 0 when every doctor who ever will has signed.
    place = np.maximum(plafond - vu.depart, 1.0)
    frein = plafond < tires["medecins_eligibles"]
    ecart = tires["ecart_allure"] * ecarts_de_depart()[:tirages]
    courant = np.full(tirages, vu.depart)
    tous = chocs()
    for numero in range(faits, mois):
        ecart = ecart * oubli + choc * tous[numero, :tirages]
        duree = vu.reste if numero == vu.dernier + 1 else 1.0
        libre = np.where(frein, np.clip((plafond - courant) / place, 0.0, 1.0), 1.0)
        signes = vu.allure * duree * pousse[numero] * tires["signatures"] * np.exp(ecart) * libre
        courant = np.minimum(courant + signes, plafond)
        suite[numero] = courant
    return suite
