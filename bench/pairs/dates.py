"""Dates for NumPy and OpenFisca, in two forms: whole numbers (20250625), or the library's own.

Calendar arithmetic on `datetime64` is most of what a million dossiers cost these two engines, and
whole numbers prepared beforehand do without it. Both forms run the same rules and are timed; the
faster one stands in the comparison.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from bench.colonnes import INCONNU

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray


class Dates(NamedTuple):
    """What the rules need of a form of dates."""

    jour: Callable[[str], Any]
    plus_mois: Callable[[Any, int], Any]
    convertir: Callable[[NDArray[np.int32]], NDArray[Any]]
    absente: Any


def _jour_entier(texte: str) -> np.int32:
    return np.int32(texte.replace("-", ""))


def _plus_mois_entier(jours: NDArray[np.int32], nombre: int) -> NDArray[np.int32]:
    """Whole years only. 29 February may give a 29 February that does not exist: compared by "at
    most", that answers like the last day of February."""
    annees, reste = divmod(nombre, 12)
    if reste:
        raise ValueError(nombre)
    plus: NDArray[np.int32] = jours + np.int32(annees * 10_000)
    return plus


def _en_entiers(jours: NDArray[np.int32]) -> NDArray[np.int32]:
    natives = _en_natives(jours)
    mois = natives.astype("datetime64[M]")
    absolu = mois.astype(np.int64) + 1970 * 12
    quantieme = (natives - mois.astype("datetime64[D]")).astype(np.int64) + 1
    entiers = absolu // 12 * 10_000 + (absolu % 12 + 1) * 100 + quantieme
    connus: NDArray[np.int32] = np.where(jours == INCONNU, ENTIERES.absente, entiers).astype(
        np.int32
    )
    return connus


def _jour_natif(texte: str) -> np.datetime64:
    return np.datetime64(texte, "D")


def _plus_mois_natif(jours: NDArray[np.datetime64], nombre: int) -> NDArray[np.datetime64]:
    """The same day so many months later, or the last day of that month when it is shorter."""
    mois = jours.astype("datetime64[M]")
    quantieme = jours - mois.astype("datetime64[D]")
    vise = mois + nombre
    dernier = (vise + 1).astype("datetime64[D]") - 1
    plus: NDArray[np.datetime64] = np.minimum(vise.astype("datetime64[D]") + quantieme, dernier)
    return plus


def _en_natives(jours: NDArray[np.int32]) -> NDArray[np.datetime64]:
    connus = np.where(jours == INCONNU, 0, jours)
    return connus.astype(np.int64).view("datetime64[D]")


ENTIERES: Final = Dates(_jour_entier, _plus_mois_entier, _en_entiers, np.int32(0))
NATIVES: Final = Dates(_jour_natif, _plus_mois_natif, _en_natives, np.datetime64("1970-01-01", "D"))
"""1970-01-01 is what OpenFisca gives to a date that nobody entered."""
