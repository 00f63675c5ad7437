"""Runs the real program, as a person or a pipe would."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.cli.fourche import lancer_par_fourche

if TYPE_CHECKING:
    from collections.abc import Mapping


class Sortie(NamedTuple):
    """What a run left: its exit code, and its two streams."""

    code: int
    sortie: str
    erreur: str

    @property
    def fautes(self) -> list[str]:
        """The lines of standard error."""
        return self.erreur.splitlines()


A_FROID = ("LC_ALL", "LANG", "PYTHON")
"""What Python reads when it starts: a run that sets one starts a Python of its own."""


def lancer(*arguments: str | Path, entree: str | bytes = "", **environnement: str) -> Sortie:
    """Runs `binome` with these arguments in a plain environment (C locale, no colours).

    Forked from a program already loaded, but where the environment is what Python reads when it starts.
    """
    if any(nom.startswith(A_FROID) for nom in environnement):
        return lancer_a_froid(None, *arguments, entree=entree, environnement=environnement)
    mots = list(map(str, arguments))
    code, dit, plaint = lancer_par_fourche(mots, _octets(entree), _plein(environnement), Path.cwd())
    return Sortie(code, dit.decode(), plaint.decode())


def lancer_a_froid(
    place: Path | None,
    *arguments: str | Path,
    entree: str | bytes = "",
    environnement: Mapping[str, str],
) -> Sortie:
    """The same, from a folder, by a Python that starts and loads what it needs, and nothing else."""
    resultat = subprocess.run(
        [sys.executable, "-m", "binome", *map(str, arguments)],
        input=_octets(entree),
        capture_output=True,
        check=False,
        env=_plein(environnement),
        cwd=place,
        timeout=120,
    )
    return Sortie(resultat.returncode, resultat.stdout.decode(), resultat.stderr.decode())


def _octets(entree: str | bytes) -> bytes:
    return entree.encode() if isinstance(entree, str) else entree


def _plein(environnement: Mapping[str, str]) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "LC_ALL": "C", "HOME": "/nonexistent", **environnement}
