"""Puts the server together: what must be done first, then the places that the watcher keeps held."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Final

from binome.reglages.declarations import (
    BASE_PROPRIETAIRE,
    METRIQUES_ADRESSES,
    METRIQUES_JETON,
)
from binome.reglages.donnees import donnees
from binome.reglages.reglage import poser_pour_une_bibliotheque
from binome.service.surveillance import Poste, Surveillant

if TYPE_CHECKING:
    from socket import socket

PYTHON: Final = (sys.executable, "-P", "-m")
"""-P: a file of the current folder must never be taken for a library."""


def preparer(commande: str) -> None:
    """Has the database and the static files made ready, by `binome COMMANDE --preparer`, which then ends.

    Nothing of it stays in this process. Raises SystemExit with its code when it could not.
    """
    fini = subprocess.run(  # noqa: S603 - our own program
        [*PYTHON, "binome", commande, "--preparer"], stdin=subprocess.DEVNULL, check=False
    )
    if fini.returncode:
        raise SystemExit(fini.returncode if fini.returncode > 0 else 1)


def _compter_ensemble() -> None:
    """Gives the processes an empty folder where each counts what it answers; nothing where nobody may read it."""
    if not METRIQUES_JETON.donne() and not METRIQUES_ADRESSES.donne():
        return
    lieu = donnees() / "metriques"
    shutil.rmtree(lieu, ignore_errors=True)
    lieu.mkdir(mode=0o700, parents=True)
    poser_pour_une_bibliotheque("PROMETHEUS_MULTIPROC_DIR", str(lieu), d_office=True)


def tenir(prise: socket, *, ouvriers: int) -> None:
    """Serves on the socket until interrupted. No access log: addresses hold the visitors' answers."""
    # Polars then keeps its memory from one lot to the next: handed out again, it costs as much as the lot.
    poser_pour_une_bibliotheque("_RJEM_MALLOC_CONF", "dirty_decay_ms:-1,muzzy_decay_ms:-1")
    _compter_ensemble()
    # For the preparation alone: who answers pages has no use for the owner of the tables.
    BASE_PROPRIETAIRE.oter()
    numero = prise.fileno()
    ouvrier = (*PYTHON, "binome.service.ouvrier", "--prise", str(numero))
    postes = [
        Poste(f"l’ouvrier {rang}", ouvrier, prises=(numero,)) for rang in range(1, ouvriers + 1)
    ]
    travaux = Poste("le processus des travaux", (*PYTHON, "binome", "travaux", "--avec-le-serveur"))
    Surveillant([*postes, travaux]).tenir()
