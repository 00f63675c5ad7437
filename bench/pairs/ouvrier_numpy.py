"""NumPy's worker: the same arrays for one dossier (one row) and for a million."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from bench.colonnes import DATES, DIPLOMES, MINUTES
from bench.ouvrier import servir
from bench.pairs.dates import ENTIERES, NATIVES
from bench.pairs.numpy_regles import Faits, Regles

if TYPE_CHECKING:
    from pathlib import Path

    from bench.colonnes import Colonnes
    from bench.ouvrier import Lecture
    from bench.pairs.dates import Dates
    from bench.pairs.numpy_regles import Reponses

LECTURES: Final = {
    "lot": (ENTIERES, False),
    "lot_dates": (NATIVES, False),
    "un": (ENTIERES, True),
    "un_dates": (NATIVES, True),
}


def charger(jeu: Path, dates: Dates, nombre: int | None) -> Faits:
    """The facts in the types that suit NumPy: 32-bit integers, booleans, one form of dates."""
    colonnes: dict[str, Any] = {}
    for nom in Faits._fields:
        brut = np.fromfile(jeu / nom, dtype=np.int32, count=-1 if nombre is None else nombre)
        if nom in DATES:
            colonnes[nom] = dates.convertir(brut)
        else:
            colonnes[nom] = brut.astype(bool) if nom in DIPLOMES else brut
    return Faits(**colonnes)


def _en_colonne(valeurs: np.ndarray) -> array[int]:
    colonne = array("i")
    colonne.frombytes(np.ascontiguousarray(valeurs, dtype=np.int32).tobytes())
    return colonne


def rendre(reponses: list[Reponses]) -> Colonnes:
    """The answers as columns."""
    return {
        nom: _en_colonne(np.concatenate([getattr(une, nom) for une in reponses]))
        for nom in ("voie", "referentiel", *MINUTES)
    }


class EnLot:
    """Every dossier at once."""

    def __init__(self, faits: Faits, dates: Dates) -> None:
        self.nombre = len(faits.date_entree)
        self._faits = faits
        self._positionner = Regles(dates).positionner

    def preparer(self) -> None:
        """Nothing to prepare."""

    def passer(self) -> Reponses:
        """Decides."""
        return self._positionner(self._faits)

    def repondre(self) -> Colonnes:
        """The answers."""
        return rendre([self.passer()])


class UnAUn:
    """Arrays of one row, one after the other."""

    def __init__(self, faits: Faits, dates: Dates) -> None:
        self.nombre = len(faits.date_entree)
        self._lignes = [
            Faits._make(colonne[rang : rang + 1].copy() for colonne in faits)
            for rang in range(self.nombre)
        ]
        self._positionner = Regles(dates).positionner

    def preparer(self) -> None:
        """Nothing to prepare."""

    def passer(self) -> None:
        """Decides each."""
        for ligne in self._lignes:
            self._positionner(ligne)

    def repondre(self) -> Colonnes:
        """The answers."""
        return rendre([self._positionner(ligne) for ligne in self._lignes])


def ouvrir(lecture: str, jeu: Path, nombre: int | None) -> Lecture:
    """A reading of a set of dossiers, ready to run."""
    dates, un_a_un = LECTURES[lecture]
    faits = charger(jeu, dates, nombre)
    return UnAUn(faits, dates) if un_a_un else EnLot(faits, dates)


if __name__ == "__main__":
    servir(ouvrir, {"numpy": np.__version__})
