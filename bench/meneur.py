"""The parent's side: starts a worker, asks it one thing at a time, stops it.

All workers stay up, their data loaded, while one of them works: readings alternate instead of
running one engine after the other, so that a machine that heats up or slows down does so for all.
"""

from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING, Any, Self

from bench.environnements import RACINE, Impossible

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class Ouvrier:
    """One engine in its own process."""

    def __init__(
        self, nom: str, python: Path | str, module: str, env: Mapping[str, str] | None = None
    ) -> None:
        self.nom = nom
        self._processus = subprocess.Popen(
            [str(python), "-m", f"bench.pairs.{module}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            cwd=RACINE,
            # The same seed of hashes for all: sets and dictionaries then walk in the same order.
            env={**os.environ, "PYTHONHASHSEED": "0", **(env or {})},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._processus.stdin is not None:
            self._processus.stdin.close()
        self._processus.wait(timeout=60)

    def demander(self, ordre: str, **arguments: Any) -> Any:
        """The worker's answer. Raises Impossible when it stopped; its error is on standard error."""
        entree, sortie = self._processus.stdin, self._processus.stdout
        assert entree is not None
        assert sortie is not None
        try:
            entree.write(json.dumps({"ordre": ordre, **arguments}) + "\n")
            entree.flush()
        except BrokenPipeError:
            pass
        reponse = sortie.readline()
        if not reponse:
            raise Impossible(f"{self.nom} s’est arrêté pendant « {ordre} » ; voir ci-dessus")
        return json.loads(reponse)

    def ouvrir(self, lecture: str, jeu: Path, nombre: int | None = None, nom: str = "") -> int:
        """Loads a set of dossiers for a reading; gives back how many there are."""
        nombre_lu: int = self.demander(
            "ouvrir", nom=nom or lecture, lecture=lecture, jeu=str(jeu), nombre=nombre
        )
        return nombre_lu

    def fermer(self, nom: str) -> None:
        """Forgets a set of dossiers."""
        self.demander("fermer", nom=nom)

    def passer(self, nom: str, fois: int = 1) -> float:
        """Seconds to decide the whole set once."""
        secondes: float = self.demander("passer", nom=nom, fois=fois)
        return secondes

    def repondre(self, nom: str, vers: Path) -> None:
        """Writes the answers in a folder."""
        self.demander("repondre", nom=nom, vers=str(vers))
