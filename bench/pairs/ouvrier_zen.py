"""ZEN's worker. The engine has no columns: a lot is the same call, once per dossier.

Its `evaluate_batch` was tried and takes longer than the plain loop; contexts as JSON text take as
long as dictionaries. The graph is loaded once by the static loader, the engine's fastest way.
"""

from __future__ import annotations

from array import array
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

import zen

from bench.colonnes import (
    DATES,
    DIPLOMES,
    FAITS,
    INCONNU,
    MINUTES,
    REFERENTIELS,
    REPONSES,
    SANS_MINUTES,
    SANS_PAIRS,
    VOIES,
    en_date,
    lire,
)
from bench.ouvrier import servir
from bench.pairs.zen_regles import CLE, graphe

if TYPE_CHECKING:
    from pathlib import Path

    from bench.colonnes import Colonnes
    from bench.ouvrier import Lecture

TRACE: Final = {"trace": True}


def _valeur(nom: str, brut: int) -> object:
    if nom in DATES:
        if brut == INCONNU:
            return None
        jour = en_date(brut)
        return jour.year * 10_000 + jour.month * 100 + jour.day
    return bool(brut) if nom in DIPLOMES else brut


def charger(jeu: Path, nombre: int | None) -> list[dict[str, object]]:
    """The dossiers as dictionaries, dates as whole numbers."""
    colonnes = lire(jeu, [nom for nom in FAITS if nom not in SANS_PAIRS])
    valeurs = {
        nom: [_valeur(nom, brut) for brut in colonne[:nombre]] for nom, colonne in colonnes.items()
    }
    return [dict(zip(valeurs, ligne, strict=True)) for ligne in zip(*valeurs.values(), strict=True)]


class UnAUn:
    """One `evaluate` per dossier."""

    def __init__(
        self, dossiers: list[dict[str, object]], *, avec_schema: bool, trace: bool
    ) -> None:
        contenu = {CLE: graphe(avec_schema=avec_schema)}
        self._moteur = zen.ZenEngine({"loader": {"type": "static", "content": contenu}})
        self.nombre = len(dossiers)
        self._dossiers = dossiers
        self._trace = trace

    def preparer(self) -> None:
        """Nothing to prepare."""

    def passer(self) -> None:
        """Decides each."""
        evaluer = self._moteur.evaluate
        if self._trace:
            for dossier in self._dossiers:
                evaluer(CLE, dossier, TRACE)
        else:
            for dossier in self._dossiers:
                evaluer(CLE, dossier)

    def repondre(self) -> Colonnes:
        """The answers."""
        colonnes = {nom: array("i") for nom in REPONSES}
        for dossier in self._dossiers:
            resultat: dict[str, Any] = self._moteur.evaluate(CLE, dossier)["result"]
            colonnes["voie"].append(VOIES.index(resultat["voie"]))
            colonnes["referentiel"].append(REFERENTIELS.index(resultat["referentiel"]))
            for nom in MINUTES:
                # ZEN leaves a null out of its answer.
                minutes = resultat.get(nom)
                colonnes[nom].append(SANS_MINUTES if minutes is None else minutes)
        return colonnes


def ouvrir(lecture: str, jeu: Path, nombre: int | None) -> Lecture:
    """A reading of a set of dossiers, ready to run."""
    return UnAUn(
        charger(jeu, nombre),
        avec_schema="sans_schema" not in lecture,
        trace="trace" in lecture,
    )


if __name__ == "__main__":
    servir(ouvrir, {"zen-engine": version("zen-engine")})
