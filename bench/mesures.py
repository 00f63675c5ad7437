"""The timings: every reading in turn, several rounds, medians."""

from __future__ import annotations

import json
import subprocess
from contextlib import suppress
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Final

from bench.colonnes import (
    AUTRES_FAITS,
    CONTRATS,
    DIPLOMES,
    EMPLOYEURS,
    FAITS,
    SITUATIONS,
    en_date,
    lire,
)
from bench.environnements import RACINE, Impossible
from binome.regles.courante import base_courante
from binome.regles.faits import DossierInvalide

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bench.meneur import Ouvrier

ECHAUFFEMENTS: Final = 2


@dataclass
class Mesure:
    """One reading timed: what is reported is seconds for `nombre` dossiers, or for one."""

    cle: str
    ouvrier: Ouvrier
    lecture: str
    jeu: Path
    a_lire: int | None = None
    fois: int = 1
    nombre: int = 0
    passes: list[float] = field(default_factory=list)

    def ouvrir(self) -> None:
        """Loads the dossiers."""
        self.nombre = self.ouvrier.ouvrir(self.lecture, self.jeu, self.a_lire, nom=self.cle)

    def passer(self, *, compter: bool) -> None:
        """One round."""
        secondes = self.ouvrier.passer(self.cle, self.fois)
        if compter:
            self.passes.append(secondes)

    @property
    def secondes(self) -> float:
        """Median seconds to decide the whole set once."""
        return median(self.passes)

    @property
    def microsecondes_par_dossier(self) -> float:
        """Median microseconds a dossier."""
        return self.secondes / self.nombre * 1e6

    def dispersion(self) -> dict[str, float]:
        """The extremes beside the median, in seconds for the whole set."""
        return {"min_s": min(self.passes), "mediane_s": self.secondes, "max_s": max(self.passes)}


def chronometrer(mesures: list[Mesure], tours: int) -> None:
    """Warm-up, then every reading in turn, starting each round from another one."""
    for mesure in mesures:
        mesure.ouvrir()
    for _ in range(ECHAUFFEMENTS):
        for mesure in mesures:
            mesure.passer(compter=False)
    for tour in range(tours):
        decalage = tour * len(mesures) // tours
        for mesure in (*mesures[decalage:], *mesures[:decalage]):
            mesure.passer(compter=True)


def _en_objet(brut: Mapping[str, int]) -> dict[str, object]:
    """A dossier as the JSON contract writes it.

    The columns leave nothing unknown; whoever has no AFGSU, or no contract, tells nothing more of it.
    """
    objet: dict[str, object] = {
        nom: en_date(valeur).isoformat() if "date" in nom else valeur
        for nom, valeur in brut.items()
        if nom not in DIPLOMES
    }
    objet["situation"] = SITUATIONS[brut["situation"]]
    objet["contrat"] = CONTRATS[brut["contrat"]]
    objet["employeur_contrat"] = EMPLOYEURS[brut["employeur_contrat"]]
    objet["diplomes"] = [code for code in DIPLOMES if brut[code]]
    if not objet["afgsu_niveau"]:
        objet["afgsu_date"] = None
    if objet["contrat"] == "aucun":
        objet["employeur_contrat"] = None
    return objet


def premier_lisible(jeu: Path) -> dict[str, object]:
    """The first dossier of the set that `positionner` takes; drawn facts may deny each other.

    Raises Impossible where every one is refused.
    """
    colonnes = lire(jeu, [*FAITS, *AUTRES_FAITS])
    base = base_courante()
    for valeurs in zip(*colonnes.values(), strict=True):
        objet = _en_objet(dict(zip(colonnes, valeurs, strict=True)))
        with suppress(DossierInvalide):
            base.lire(objet)
            return objet
    raise Impossible("aucun dossier tiré n’est lisible : leurs faits se contredisent tous")


def a_froid(jeu: Path, fois: int) -> list[float]:
    """Milliseconds of whole processes, from the launcher to the answer of one dossier."""
    entree = json.dumps(premier_lisible(jeu)).encode()
    commande = [str(RACINE / "binome"), "positionner", "--json", "-"]
    durees = []
    # One more than asked: the first one may prepare the environment, or read the disk.
    for _ in range(fois + 1):
        debut = perf_counter()
        fini = subprocess.run(commande, input=entree, capture_output=True, check=False)
        durees.append((perf_counter() - debut) * 1000)
        if fini.returncode:
            raise Impossible(f"positionner a échoué : {fini.stderr.decode(errors='replace')}")
    return durees[1:]
