"""A reader loaded once, that forks for each file: what Python costs to start is paid once a worker.

Served by `python -m tests.cloison.fourche FD`; asked by `demarrer`, which stands for that of
`binome.cloison.lancement`. Past the fork it is the same process behind the same wall: `enfant.main` gives
all up, then runs the module. The tests of the wall itself start it cold.
"""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
from functools import cache
from importlib import import_module
from threading import Lock
from typing import IO, TYPE_CHECKING, Final

from binome.cloison import lancement

if TYPE_CHECKING:
    from collections.abc import Sequence

TAILLE: Final = 1 << 16
"""Bytes of one request at most."""
HAUT: Final = 200
"""Descriptors from here on are free for a child to set its own aside."""
CHARGES: Final = (
    "binome.cloison.enfant",
    "binome.depot.flux",
    "binome.depot.image",
    "PIL.Image",
    "PIL.JpegImagePlugin",
    "PIL.PngImagePlugin",
    "pypdf",
    "pypdfium2",
    "binome.lots.lecture",
    "binome.lots.questions",
    "binome.lots.tableaux",
)
"""What most readers load, none of which holds a thread: a module that is run is not among them."""
SANS_PID: Final = 2**31 - 1
"""No process has this number: the end of a child is learned from who forked it."""


class _Enfant:
    """A child of the server, as `lancement` knows its own."""

    def __init__(self, numero: int, nouvelles: int) -> None:
        self.pid = SANS_PID
        self.returncode: int | None = None
        self._numero = numero
        self._nouvelles = nouvelles

    def wait(self, secondes: float | None = None) -> int:
        """How it ended. Raises TimeoutExpired."""
        if self.returncode is None:
            guet = select.poll()
            guet.register(self._nouvelles, select.POLLIN)
            if not guet.poll(None if secondes is None else secondes * 1000):
                raise subprocess.TimeoutExpired("", secondes or 0)
            dit = os.read(self._nouvelles, 2)
            os.close(self._nouvelles)
            self.returncode = int.from_bytes(dit, signed=True) if dit else -signal.SIGKILL
        return self.returncode

    def poll(self) -> int | None:
        """How it ended, when it did."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.wait(0)
        return self.returncode

    def kill(self) -> None:
        """Kills it."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._numero, signal.SIGKILL)


class _Serveur:
    """The server of this process; it leaves when its socket is closed."""

    def __init__(self) -> None:
        self.prise, la_bas = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with la_bas:
            self.programme = subprocess.Popen(
                [sys.executable, "-P", "-m", __name__, str(la_bas.fileno())],
                env=lancement.environnement(),
                pass_fds=[la_bas.fileno()],
                cwd="/",
                stdin=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        atexit.register(self.fermer)

    def fermer(self) -> None:
        """Ends the server."""
        self.prise.close()
        self.programme.wait(timeout=10)


@cache
def _serveur(_processus: int) -> _Serveur:
    """That of this process: what was forked does not speak for who forked it."""
    return _Serveur()


_UN_SEUL: Final = Lock()


def demarrer(
    commande: Sequence[str], entree: IO[bytes], sortie: IO[bytes], transmis: Sequence[int]
) -> _Enfant:
    """The same reader, out of a program already loaded."""
    with _UN_SEUL:
        serveur = _serveur(os.getpid())
    nouvelles, dire = os.pipe()
    mots = list(commande[commande.index("binome.cloison") + 1 :])
    demande = json.dumps({"mots": mots, "transmis": list(transmis)}).encode()
    socket.send_fds(serveur.prise, [demande], [dire, entree.fileno(), sortie.fileno(), *transmis])
    os.close(dire)
    return _Enfant(int.from_bytes(os.read(nouvelles, 4)), nouvelles)


def _devenir(mots: list[str], recus: list[int], transmis: list[int]) -> None:
    """In the child: the streams, the descriptors and the words of the one who asks, and nothing else."""
    hauts = [fcntl.fcntl(un, fcntl.F_DUPFD, HAUT) for un in recus]
    os.closerange(3, HAUT)
    for haut, voulu in zip(hauts, (0, 1, *transmis), strict=True):
        os.dup2(haut, voulu)
        os.close(haut)
    # Python asked of its own streams, when it started, whether it can move in them: these are new.
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    bornes, _, *suite = mots
    # Who forked it is the parent that it must not outlive.
    sys.argv = ["binome.cloison", bornes, str(os.getppid()), *suite]


def _lire() -> int:
    """Runs the reader; how it ends, as Python would say it."""
    try:
        import_module("binome.cloison.enfant").main()
        if not sys.stdout.closed:
            sys.stdout.flush()
    except SystemExit as fin:
        return fin.code if isinstance(fin.code, int) else int(fin.code is not None)
    except BaseException:
        return 1
    return 0


def servir(numero: int) -> None:
    """Forks for each request until the other side is gone, and tells each how its child ended."""
    prise = socket.socket(fileno=numero)
    for module in CHARGES:
        import_module(module)
    import_module("binome.regles.courante").base_courante()
    # What is loaded stays to the end of each child: looking through it for garbage would copy its pages.
    gc.freeze()
    guet = select.poll()
    guet.register(prise, select.POLLIN)
    enfants: dict[int, tuple[int, int]] = {}
    while True:
        for pret, _ in guet.poll():
            if pret in enfants:
                pid, dire = enfants.pop(pret)
                guet.unregister(pret)
                os.close(pret)
                code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
                with contextlib.suppress(BrokenPipeError):
                    os.write(dire, code.to_bytes(2, signed=True))
                os.close(dire)
                continue
            octets, recus, _, _ = socket.recv_fds(prise, TAILLE, 32)
            if not octets:
                return
            demande = json.loads(octets)
            enfant = os.fork()
            if not enfant:
                _devenir(demande["mots"], recus[1:], demande["transmis"])
                os._exit(_lire())
            dire, *autres = recus
            for un in autres:
                os.close(un)
            os.write(dire, enfant.to_bytes(4))
            suivi = os.pidfd_open(enfant)
            enfants[suivi] = (enfant, dire)
            guet.register(suivi, select.POLLIN)


if __name__ == "__main__":
    servir(int(sys.argv[1]))
