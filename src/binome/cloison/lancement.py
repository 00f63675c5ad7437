"""Starts a module of the house behind the wall, and waits for what it writes."""

from __future__ import annotations

import logging
import os
import select
import signal
import subprocess
import sys
from tempfile import TemporaryFile
from time import monotonic
from typing import IO, TYPE_CHECKING, Final

from binome.cloison import reglages
from binome.cloison.bornes import Bornes
from binome.cloison.places import LECTURE, File

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

journal = logging.getLogger(__name__)

PAS: Final = 0.5
"""Seconds between two calls of what is done meanwhile."""
TEMPS: Final = {signal.SIGXCPU, signal.SIGALRM, signal.SIGPROF, signal.SIGVTALRM}


class Tombe(Exception):
    """The process fell, or did not answer in time: the file was too much for it."""

    def __init__(self, module: str, cause: str) -> None:
        super().__init__(f"{module} : {cause}")
        self.cause = cause


def lancer(
    module: str,
    *arguments: str,
    entree: bytes | IO[bytes] = b"",
    bornes: Bornes | None = None,
    file: File = LECTURE,
    transmis: Sequence[int] = (),
    pendant: Callable[[], None] = lambda: None,
) -> IO[bytes]:
    """What a module of ours writes on its output, as a file to read and close, given `entree` to read.

    `transmis` are descriptors that it keeps, under the same numbers. `pendant` is called twice a second,
    while a place is waited for too; what it raises kills the process and goes through. Raises Tombe,
    CloisonPleine.
    """
    bornes = bornes or Bornes()
    with file.place(pendant):
        # Files, not pipes: the kernel bounds what is written, and nobody waits for anybody to read.
        sortie: IO[bytes] = TemporaryFile()  # noqa: SIM115 - given back open
        try:
            if isinstance(entree, bytes):
                with TemporaryFile() as copie:
                    copie.write(entree)
                    copie.seek(0)
                    _tourner(module, arguments, copie, sortie, bornes, transmis, pendant)
            else:
                entree.seek(0)
                _tourner(module, arguments, entree, sortie, bornes, transmis, pendant)
        except BaseException:
            sortie.close()
            raise
    sortie.seek(0)
    return sortie


def lire(module: str, *arguments: str, entree: bytes = b"", bornes: Bornes | None = None) -> bytes:
    """The same, whole: for what is short. Raises Tombe, CloisonPleine."""
    with lancer(module, *arguments, entree=entree, bornes=bornes) as sortie:
        return sortie.read()


def environnement() -> dict[str, str]:
    """Nothing of ours, but where the modules are."""
    return {"PYTHONPATH": os.pathsep.join(chemin for chemin in sys.path if chemin), "PATH": ""}


def demarrer(
    commande: Sequence[str], entree: IO[bytes], sortie: IO[bytes], transmis: Sequence[int]
) -> subprocess.Popen[bytes]:
    """A Python that starts. What it complains of is let go: a file can make its readers complain without end."""
    return subprocess.Popen(  # noqa: S603 - our own module, and arguments that we made
        commande,
        stdin=entree,
        stdout=sortie,
        stderr=subprocess.DEVNULL,
        env=environnement(),
        pass_fds=transmis,
        cwd="/",
    )


def _tourner(
    module: str,
    arguments: Sequence[str],
    entree: IO[bytes],
    sortie: IO[bytes],
    bornes: Bornes,
    transmis: Sequence[int],
    pendant: Callable[[], None],
) -> None:
    commande = [
        sys.executable, "-P", "-m", "binome.cloison", bornes.en_texte(), str(os.getpid()),
        reglages.utilisateur(), module, *arguments,
    ]  # fmt: skip
    processus = demarrer(commande, entree, sortie, transmis)
    try:
        fin = monotonic() + bornes.duree
        while not _attendre(processus, min(PAS, max(0.0, fin - monotonic()))):
            if monotonic() >= fin:
                raise _tombe(module, "il a dépassé son temps")
            pendant()
    finally:
        if processus.poll() is None:
            processus.kill()
            processus.wait()
    if processus.returncode != 0:
        raise _tombe(module, _cause(processus.returncode))


def _attendre(processus: subprocess.Popen[bytes], secondes: float) -> bool:
    """Whether it ended within these seconds."""
    if hasattr(os, "pidfd_open"):
        try:
            descripteur = os.pidfd_open(processus.pid)
        except OSError:
            pass
        else:
            try:
                guetteur = select.poll()
                guetteur.register(descripteur, select.POLLIN)
                guetteur.poll(secondes * 1000)
            finally:
                os.close(descripteur)
            return processus.poll() is not None
    try:
        processus.wait(secondes)
    except subprocess.TimeoutExpired:
        return False
    return True


def _cause(code: int) -> str:
    """Why it ended badly, in words."""
    if code >= 0:
        return f"il s’est arrêté (code {code})"
    recu = signal.Signals(-code)
    if recu in TEMPS:
        return "il a dépassé son temps de calcul"
    if recu is signal.SIGABRT:
        return "il a manqué de mémoire, ou s’est abandonné"
    return f"il a été arrêté ({recu.name})"


def _tombe(module: str, cause: str) -> Tombe:
    journal.warning("Lecture à part interrompue (%s) : %s.", module, cause)
    return Tombe(module, cause)
