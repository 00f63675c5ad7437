"""OpenFisca's worker. A simulation decides once and remembers: each decision needs a new one."""

from __future__ import annotations

from array import array
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from openfisca_core.periods import DateUnit, Instant, Period
from openfisca_core.simulations import SimulationBuilder

from bench.colonnes import INCONNU as FAIT_INCONNU
from bench.colonnes import REPONSES, en_date
from bench.ouvrier import servir
from bench.pairs import openfisca_lot, openfisca_un
from bench.pairs.dates import ENTIERES, NATIVES
from bench.pairs.openfisca_commun import DATES, DIPLOMES, FAITS, SORTIES

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from openfisca_core.simulations import Simulation
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem

    from bench.colonnes import Colonnes
    from bench.ouvrier import Lecture
    from bench.pairs.dates import Dates

Faits = dict[str, Any]
"""One array per input."""


def _periode(jour: date) -> Period:
    return Period((DateUnit.DAY, Instant((jour.year, jour.month, jour.day)), 1))


PERIODE_DU_LOT: Final = Period((DateUnit.DAY, Instant((2026, 1, 1)), 1))
"""Any one will do: in the package for lots nothing depends on the period."""


def charger(jeu: Path, dates: Dates, nombre: int | None) -> Faits:
    """The inputs in OpenFisca's own types."""
    faits: Faits = {}
    for nom in FAITS:
        brut = np.fromfile(jeu / nom, dtype=np.int32, count=-1 if nombre is None else nombre)
        if nom in DATES:
            faits[nom] = dates.convertir(brut)
        else:
            faits[nom] = brut.astype(bool) if nom in DIPLOMES else brut
    return faits


def _construire(
    legislation: TaxBenefitSystem, faits: Faits, nombre: int, periode: Period, *, trace: bool
) -> Simulation:
    """Straight to arrays: the dictionary form of the web API would be slower."""
    simulation = SimulationBuilder().build_default_simulation(legislation, nombre)
    simulation.trace = trace
    for nom, valeurs in faits.items():
        simulation.set_input(nom, periode, valeurs)
    return simulation


def _calculer(simulation: Simulation, periode: Period) -> list[Any]:
    return [simulation.calculate(sortie, periode) for sortie in SORTIES]


def _rendre(resultats: list[list[Any]]) -> Colonnes:
    colonnes = {}
    for rang, nom in enumerate(REPONSES):
        morceaux = [resultat[rang].view(np.ndarray) for resultat in resultats]
        colonnes[nom] = array("i")
        colonnes[nom].frombytes(np.concatenate(morceaux).astype(np.int32).tobytes())
    return colonnes


class EnLot:
    """One simulation of every dossier. Building it and setting its inputs is not timed."""

    def __init__(self, faits: Faits, dates: Dates, *, dates_entieres: bool) -> None:
        self.nombre = len(faits["date_entree"])
        self._faits = faits
        self._legislation = openfisca_lot.systeme(dates, dates_entieres=dates_entieres)
        self._simulation: Simulation | None = None

    def preparer(self) -> None:
        """A new simulation, with its inputs."""
        self._simulation = _construire(
            self._legislation, self._faits, self.nombre, PERIODE_DU_LOT, trace=False
        )

    def passer(self) -> list[Any]:
        """Decides."""
        return _calculer(self._simulation, PERIODE_DU_LOT)

    def repondre(self) -> Colonnes:
        """The answers."""
        self.preparer()
        return _rendre([self.passer()])


class UnAUn:
    """A simulation of one person for each dossier, on its own day."""

    def __init__(self, jeu: Path, nombre: int | None, *, trace: bool) -> None:
        faits = charger(jeu, ENTIERES, nombre)
        entrees = np.fromfile(jeu / "date_entree", dtype=np.int32)[: len(faits["date_entree"])]
        if (entrees == FAIT_INCONNU).any():
            raise ValueError("date_entree")
        self.nombre = len(entrees)
        self._trace = trace
        self._legislation = openfisca_un.systeme()
        self._dossiers = [
            (
                _periode(en_date(int(entree))),
                {nom: valeurs[rang : rang + 1].copy() for nom, valeurs in faits.items()},
            )
            for rang, entree in enumerate(entrees)
        ]

    def preparer(self) -> None:
        """Nothing: the simulation belongs to the decision."""

    def _decider(self, periode: Period, faits: Faits) -> list[Any]:
        simulation = _construire(self._legislation, faits, 1, periode, trace=self._trace)
        return _calculer(simulation, periode)

    def passer(self) -> None:
        """Decides each."""
        for periode, faits in self._dossiers:
            self._decider(periode, faits)

    def repondre(self) -> Colonnes:
        """The answers."""
        return _rendre([self._decider(periode, faits) for periode, faits in self._dossiers])


class CalculSeul(UnAUn):
    """The same, the simulations being built beforehand: what `calculate` alone takes."""

    def preparer(self) -> None:
        """One simulation per dossier."""
        self._simulations = [
            (_construire(self._legislation, faits, 1, periode, trace=self._trace), periode)
            for periode, faits in self._dossiers
        ]

    def passer(self) -> None:
        """Decides each."""
        for simulation, periode in self._simulations:
            _calculer(simulation, periode)


def ouvrir(lecture: str, jeu: Path, nombre: int | None) -> Lecture:
    """A reading of a set of dossiers, ready to run."""
    match lecture:
        case "lot":
            return EnLot(charger(jeu, ENTIERES, nombre), ENTIERES, dates_entieres=True)
        case "lot_dates":
            return EnLot(charger(jeu, NATIVES, nombre), NATIVES, dates_entieres=False)
        case "un":
            return UnAUn(jeu, nombre, trace=False)
        case "un_trace":
            return UnAUn(jeu, nombre, trace=True)
        case "un_trace_calcul_seul":
            return CalculSeul(jeu, nombre, trace=True)
        case _:
            raise ValueError(lecture)


if __name__ == "__main__":
    servir(ouvrir, {"openfisca-core": version("openfisca-core"), "numpy": np.__version__})
