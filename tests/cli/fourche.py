"""A program loaded once, that forks for each run: what Python costs to start is paid once a worker.

Served by `python -m tests.cli.fourche FD`; asked by `lancer_par_fourche`. Nothing of Django nor of the
lots is loaded before a fork: both read the environment, or hold threads.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import json
import os
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

TAILLE = 1 << 20
"""Bytes of one request at most: its words and its environment."""


def _charger() -> None:
    """Loads what most commands use; each run then finds it as it left the disk."""
    from binome import cli  # noqa: PLC0415 - the client needs none of it

    cli._parler_francais()
    commandes = import_module("binome.cli.commandes")
    for une in commandes.COMMANDES.values():
        if une.profil != commandes.SITE:
            import_module(une.module)
    import_module("binome.cli.affichage")
    import_module("binome.regles.courante").base_courante()


def _devenir(demande: dict[str, object], flux: list[int]) -> None:
    """In the child: the place, the environment, the streams and the words of the one who asks."""
    os.chdir(str(demande["place"]))
    os.environ.clear()
    os.environ.update(demande["environnement"])  # type: ignore[call-overload]  # what JSON says
    for numero, recu in enumerate(flux):
        os.dup2(recu, numero)
        os.close(recu)
    # Python asked of its own streams, when it started, whether it can move in them: these are new.
    ouvrir = partial(os.fdopen, encoding="utf-8", errors="surrogateescape", closefd=False)
    sys.stdin, sys.stdout, sys.stderr = ouvrir(0), ouvrir(1, "w"), ouvrir(2, "w", 1)
    mots = demande["arguments"]
    assert isinstance(mots, list)
    sys.argv = [str(Path(import_module("binome").__file__ or "").parent / "__main__.py"), *mots]


def servir(numero: int) -> bool:
    """Answers until the other side is gone; True in a child, which then has a command to run."""
    prise = socket.socket(fileno=numero)
    _charger()
    # What is loaded stays to the end of each run: looking through it for garbage would copy its pages.
    gc.freeze()
    while True:
        octets, flux, _, _ = socket.recv_fds(prise, TAILLE, 3)
        if not octets:
            return False
        enfant = os.fork()
        if not enfant:
            prise.close()
            _devenir(json.loads(octets), flux)
            return True
        for recu in flux:
            os.close(recu)
        prise.send(os.waitstatus_to_exitcode(os.waitpid(enfant, 0)[1]).to_bytes(2, signed=True))


class _Serveur:
    """The server of this process; it leaves when its socket is closed."""

    def __init__(self) -> None:
        self.prise, la_bas = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.prise.settimeout(120)
        with la_bas:
            self.programme = subprocess.Popen(
                [sys.executable, "-m", __name__, str(la_bas.fileno())],
                env={"PATH": os.environ["PATH"], "LC_ALL": "C", "HOME": "/nonexistent"},
                pass_fds=[la_bas.fileno()],
            )
        atexit.register(self.fermer)

    def fermer(self) -> None:
        """Ends the server."""
        self.prise.close()
        self.programme.wait(timeout=10)


_serveur = cache(_Serveur)


def _verser(octets: bytes, dans: IO[bytes]) -> None:
    # A program may end without reading what it was given.
    with contextlib.suppress(BrokenPipeError), dans:
        dans.write(octets)


def lancer_par_fourche(
    arguments: list[str], entree: bytes, environnement: Mapping[str, str], place: Path
) -> tuple[int, bytes, bytes]:
    """The exit code, standard output and standard error of a run. Raises TimeoutError after two minutes."""
    tubes = [os.pipe() for _ in range(3)]
    (lire, donner), (sortie, ecrire), (erreur, se_plaindre) = tubes
    demande = {"arguments": arguments, "environnement": dict(environnement), "place": str(place)}
    prise = _serveur().prise
    socket.send_fds(prise, [json.dumps(demande).encode()], [lire, ecrire, se_plaindre])
    for ouvert in (lire, ecrire, se_plaindre):
        os.close(ouvert)
    with (
        ThreadPoolExecutor(3) as fils,
        os.fdopen(sortie, "rb") as dit,
        os.fdopen(erreur, "rb") as plaint,
    ):
        fils.submit(_verser, entree, os.fdopen(donner, "wb"))
        rendus = [fils.submit(dit.read), fils.submit(plaint.read)]
        code = int.from_bytes(prise.recv(2), signed=True)
        return code, rendus[0].result(), rendus[1].result()


if __name__ == "__main__" and servir(int(sys.argv[1])):
    import_module("binome.cli").main()
