"""Running what reads a suspect file, apart: a process with nothing in its environment, and a time limit."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Final

PATIENCE: Final = 30
"""Seconds that a reading may take."""


class Tombe(Exception):
    """The process fell, or did not answer: the file was too much for it."""


def lancer(module: str, *arguments: str, entree: bytes = b"") -> bytes:
    """What a module of this room writes on its output, given `entree` to read. Raises Tombe."""
    commande = [sys.executable, "-P", "-m", f"binome.dossiers.depot.{module}", *arguments]
    environnement = {"PYTHONPATH": os.pathsep.join(un for un in sys.path if un), "PATH": ""}
    try:
        # What it complains of is let go: a file can make its readers complain without end.
        fini = subprocess.run(  # noqa: S603 - our own module, and arguments that we made
            commande,
            input=entree,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=True,
            env=environnement,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as rate:
        raise Tombe(module) from rate
    return fini.stdout
