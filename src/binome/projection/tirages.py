"""The draws: seeded, one stream a parameter, so that neither a new parameter nor a question moves the others.

What is fitted comes from a posterior drawn offline (`python -m outils.calibrer`), shipped as a table.
"""

from __future__ import annotations

from functools import cache
from math import log, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING, Final, TypeAlias
from zlib import crc32

import numpy as np

from binome.projection.mois import NOMBRE
from binome.projection.parametres import CALE_JUSQU_AU, parametres
from binome.projection.registre import DONNEES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from numpy.typing import NDArray

    from binome.projection.parametres import Loi

Nombres: TypeAlias = "NDArray[np.float64]"
GRAINE: Final = 20261130
TIRAGES: Final = 2000


def hasard(nom: str) -> np.random.Generator:
    """The stream of one name."""
    return np.random.default_rng([GRAINE, crc32(nom.encode())])


def tirer(loi: Loi, nom: str, nombre: int = TIRAGES) -> Nombres:
    """So many draws of a law."""
    genre, bas, haut = loi
    if genre == "fixe":
        return np.full(nombre, bas)
    if genre == "uniforme":
        return hasard(nom).uniform(bas, haut, nombre)
    centre, ecart = sqrt(bas * haut), log(haut / bas) / 2 / NormalDist().inv_cdf(0.9)
    return centre * hasard(nom).lognormal(0.0, ecart, nombre)


@cache
def chocs() -> Nombres:
    """The standard shocks of every month, one row each: the same whatever is asked."""
    return hasard("chocs").standard_normal((NOMBRE, TIRAGES))


@cache
def ecarts_de_depart() -> Nombres:
    """How far the pace of the next period is from the last one's, standard."""
    return hasard("depart").standard_normal(TIRAGES)


@cache
def posterieur(famille: str) -> Mapping[str, Nombres]:
    """The draws fitted on 2019-2022, by parameter."""
    chemin = DONNEES / f"tirages-{famille}.csv"
    with chemin.open(encoding="utf-8") as lignes:
        noms = next(lignes).strip().split(",")
        colonnes = np.loadtxt(lignes, delimiter=",", unpack=True)
    return dict(zip(noms, colonnes, strict=True))


def cale(au: date) -> bool:
    """Whether what the posterior was fitted on was all known that day."""
    return au.isoformat() >= CALE_JUSQU_AU


def jeu(famille: str, au: date, poses: Mapping[str, float]) -> dict[str, Nombres]:
    """Every parameter that has a law, drawn; what is set is the same in every draw."""
    ajuste = posterieur(famille) if cale(au) else {}
    tires: dict[str, Nombres] = {}
    for nom, une in parametres().items():
        if nom in poses:
            tires[nom] = np.full(TIRAGES, poses[nom])
        elif nom in ajuste:
            tires[nom] = ajuste[nom]
        elif une.lois and une.du is not None and au < une.du:
            tires[nom] = np.ones(TIRAGES)
        elif une.lois:
            tires[nom] = _a_priori(nom, famille)
    return tires


@cache
def _a_priori(nom: str, famille: str) -> Nombres:
    return tirer(parametres()[nom].loi(famille), nom)
