"""Runs the real program, as a person or a pipe would."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class Sortie(NamedTuple):
    """What a run left: its exit code, and its two streams."""

    code: int
    sortie: str
    erreur: str

    @property
    def fautes(self) -> list[str]:
        """The lines of standard error."""
        return self.erreur.splitlines()


def lancer(*arguments: str | Path, entree: str | bytes = "", **environnement: str) -> Sortie:
    """Runs `binome` with these arguments in a plain environment (C locale, no colours)."""
    return lancer_dans(None, *arguments, entree=entree, environnement=environnement)


def lancer_dans(
    place: Path | None,
    *arguments: str | Path,
    entree: str | bytes = "",
    environnement: Mapping[str, str],
) -> Sortie:
    """The same, from a folder."""
    octets = entree.encode() if isinstance(entree, str) else entree
    env = {"PATH": os.environ["PATH"], "LC_ALL": "C", "HOME": "/nonexistent", **environnement}
    resultat = subprocess.run(
        [sys.executable, "-m", "binome", *map(str, arguments)],
        input=octets,
        capture_output=True,
        check=False,
        env=env,
        cwd=place,
        timeout=120,
    )
    return Sortie(resultat.returncode, resultat.stdout.decode(), resultat.stderr.decode())
