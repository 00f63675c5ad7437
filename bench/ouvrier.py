"""The worker's side: one engine in its own process, asked one thing at a time.

One JSON object a line comes in, one goes out. Time is taken here, around the decisions alone: what
prepares the data comes before the clock starts, what frees it after the clock has stopped.
"""

from __future__ import annotations

import gc
import json
import platform
import resource
import sys
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, Protocol

from bench.colonnes import ecrire

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.colonnes import Colonnes


class Lecture(Protocol):
    """One way for an engine to decide a set of dossiers."""

    nombre: int

    def preparer(self) -> None:
        """What each pass needs anew, outside the clock."""

    def passer(self) -> object:
        """Decides every dossier once: what the clock measures."""

    def repondre(self) -> Colonnes:
        """The answers, for the check; not timed."""


def _sommet_mio() -> float:
    """Peak memory of this process, in MiB.

    Linux's own mark for the process comes first: `ru_maxrss` starts from what the parent occupied
    when it launched this one.
    """
    try:
        etat = Path("/proc/self/status").read_text(encoding="ascii")
        (ligne,) = (une for une in etat.splitlines() if une.startswith("VmHWM:"))
        return int(ligne.split()[1]) / 1024
    except (OSError, ValueError):
        unite = 1024**2 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unite


class _Ouvrier:
    def __init__(
        self, ouvrir: Callable[[str, Path, int | None], Lecture], versions: dict[str, str]
    ) -> None:
        self._ouvrir = ouvrir
        self._versions = {"python": platform.python_version(), **versions}
        self._lectures: dict[str, Lecture] = {}

    def ouvrir(self, nom: str, lecture: str, jeu: str, nombre: int | None = None) -> int:
        self._lectures[nom] = self._ouvrir(lecture, Path(jeu), nombre)
        # What was just loaded stays for the whole run: the collector need not walk through it.
        gc.collect()
        gc.freeze()
        return self._lectures[nom].nombre

    def fermer(self, nom: str) -> None:
        gc.unfreeze()
        del self._lectures[nom]
        gc.collect()
        gc.freeze()

    def fermer_tout(self) -> None:
        gc.unfreeze()
        self._lectures.clear()
        gc.collect()

    def passer(self, nom: str, fois: int = 1) -> float:
        """Seconds per pass, what prepares each left out."""
        lecture = self._lectures[nom]
        gc.collect()
        duree = 0.0
        for _ in range(fois):
            lecture.preparer()
            debut = perf_counter()
            resultat = lecture.passer()
            duree += perf_counter() - debut
            del resultat
        return duree / fois

    def repondre(self, nom: str, vers: str) -> None:
        ecrire(Path(vers), self._lectures[nom].repondre())

    def memoire(self) -> float:
        return _sommet_mio()

    def versions(self) -> dict[str, str]:
        return self._versions


def servir(ouvrir: Callable[[str, Path, int | None], Lecture], versions: dict[str, str]) -> None:
    """Answers on standard output until standard input closes."""
    ouvrier = _Ouvrier(ouvrir, versions)
    for ligne in sys.stdin:
        ordre: dict[str, Any] = json.loads(ligne)
        reponse = getattr(ouvrier, ordre.pop("ordre"))(**ordre)
        sys.stdout.write(json.dumps(reponse) + "\n")
        sys.stdout.flush()
    ouvrier.fermer_tout()
