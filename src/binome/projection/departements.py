"""How far off a share-out of the national count by département is: the counts of the State at two later dates.

Not blind: the national total is the true one, and the targets were read with what came. A département is never
projected here: a fan narrower than these errors would lie.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

from binome.projection.registre import DONNEES, citer

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from binome.regles.sources import Citation

CIBLE: Final = "cible"
DEPART: Final = "2022-12-31"
JUGES: Final = ("2024-12-31", "2025-11-30")


def source_des_departements() -> Citation:
    """Where the counts by département come from."""
    return citer("ditp-679, départements")


@cache
def comptes_des_departements() -> tuple[tuple[str, ...], dict[str, NDArray[np.float64]]]:
    """The codes of the départements, and their contracts by date, with the target of each under CIBLE."""
    with (DONNEES / "departements.csv").open(encoding="utf-8") as lignes:
        rangees = [ligne.strip().split(",") for ligne in lignes if not ligne.startswith("#")]
    entete, *corps = rangees
    colonnes = zip(*corps, strict=True)
    codes = tuple(next(colonnes))
    return codes, {
        nom: np.array(colonne, dtype=float)
        for nom, colonne in zip(entete[1:], colonnes, strict=True)
    }


@dataclass(frozen=True, slots=True)
class ErreurDeRepartition:
    """The errors of two share-outs on a day: weighted by contracts, then that of the median and of the ninetieth centile.

    `par_parts` keeps the shares of 2022; `par_cible` shares growth by what each département lacked to its target.
    """

    jour: date
    par_parts: float
    par_cible: float
    mediane: float
    p90: float


def repartir_par_parts(total: float) -> NDArray[np.float64]:
    """A national count by the shares of the end of 2022."""
    depart = comptes_des_departements()[1][DEPART]
    parts: NDArray[np.float64] = total * depart / depart.sum()
    return parts


def repartir_par_cible(total: float) -> NDArray[np.float64]:
    """The counts of 2022, and what came since by the distance of each to its target."""
    _, comptes = comptes_des_departements()
    manque = np.maximum(comptes[CIBLE] - comptes[DEPART], 0.0)
    reparti: NDArray[np.float64] = (
        comptes[DEPART] + (total - comptes[DEPART].sum()) * manque / manque.sum()
    )
    return reparti


@cache
def erreurs_de_repartition() -> tuple[ErreurDeRepartition, ...]:
    """What each share-out misses at the dates that came."""
    rendues = []
    for jour in JUGES:
        vrais = comptes_des_departements()[1][jour]
        total = float(vrais.sum())
        par_cible = repartir_par_cible(total)
        relatives = np.abs(par_cible / vrais - 1)
        rendues.append(
            ErreurDeRepartition(
                date.fromisoformat(jour),
                float(np.abs(repartir_par_parts(total) - vrais).sum() / total),
                float(np.abs(par_cible - vrais).sum() / total),
                float(np.median(relatives)),
                float(np.quantile(relatives, 0.9)),
            )
        )
    return tuple(rendues)
