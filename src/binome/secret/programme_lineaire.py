"""The least and the greatest value of each unknown of a system of sums, by a small simplex on NumPy.

Exact where propagating bounds is not: a cell that only several sums together give away is found here. Bland's rule,
so that it ends; the systems are those of the hidden cells of one table, tens of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Matrice: TypeAlias = "NDArray[np.float64]"

PRECISION: Final = 1e-7


class SystemeImpossible(ValueError):
    """Raised when no values at all, none below zero, answer the sums."""


def encadrer(
    sommes: Matrice, totaux: Matrice, signees: Sequence[int] = ()
) -> list[tuple[float, float]]:
    """The bounds of each x of `sommes @ x = totaux`, x at least 0 but at the places of `signees`; they may be infinite.

    Raises SystemeImpossible.
    """
    nombre = sommes.shape[1]
    opposees = {place: nombre + rang for rang, place in enumerate(signees)}
    entieres = np.hstack((sommes, -sommes[:, list(signees)]))
    tableau, base = _sommet(entieres, totaux)
    bornes: list[tuple[float, float]] = []
    for place in range(nombre):
        but = np.zeros(entieres.shape[1])
        but[place] = 1.0
        if place in opposees:
            but[opposees[place]] = -1.0
        bornes.append((_minimum(tableau, base, but), -_minimum(tableau, base, -but)))
    return bornes


def _sommet(sommes: Matrice, totaux: Matrice) -> tuple[Matrice, list[int]]:
    """A first corner of what is possible: its tableau and its basis, without the sums that repeat others."""
    lignes, nombre = sommes.shape
    signes = np.where(totaux < 0, -1.0, 1.0)
    tableau = np.hstack((sommes * signes[:, None], np.eye(lignes), (totaux * signes)[:, None]))
    base = list(range(nombre, nombre + lignes))
    artificielles = np.concatenate((np.zeros(nombre), np.ones(lignes)))
    if _minimum(tableau, base, artificielles) > PRECISION * max(1.0, float(np.abs(totaux).sum())):
        raise SystemeImpossible
    gardees = []
    for ligne in range(lignes):
        if base[ligne] >= nombre:
            entrantes = np.flatnonzero(np.abs(tableau[ligne, :nombre]) > PRECISION)
            if not entrantes.size:
                continue
            _pivoter(tableau, base, ligne, int(entrantes[0]))
        gardees.append(ligne)
    colonnes = [*range(nombre), nombre + lignes]
    return tableau[np.ix_(gardees, colonnes)], [base[ligne] for ligne in gardees]


def _minimum(tableau: Matrice, base: list[int], but: Matrice) -> float:
    """The least value of the goal from a corner, which moves; minus infinity where nothing holds it."""
    while True:
        reduits = but - but[base] @ tableau[:, :-1] if base else but
        entrantes = np.flatnonzero(reduits < -PRECISION)
        if not entrantes.size:
            return float(but[base] @ tableau[:, -1]) if base else 0.0
        entrante = int(entrantes[0])
        positives = np.flatnonzero(tableau[:, entrante] > PRECISION)
        if not positives.size:
            return -np.inf
        rapports = tableau[positives, -1] / tableau[positives, entrante]
        egales = positives[rapports <= rapports.min() + PRECISION]
        _pivoter(tableau, base, min(map(int, egales), key=lambda une: base[une]), entrante)


def _pivoter(tableau: Matrice, base: list[int], ligne: int, entrante: int) -> None:
    tableau[ligne] /= tableau[ligne, entrante]
    autres = np.arange(len(base)) != ligne
    tableau[autres] -= np.outer(tableau[autres, entrante], tableau[ligne])
    base[ligne] = entrante
