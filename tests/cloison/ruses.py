"""What a hostile file could make its reader do; run behind the wall by the tests, one trick a name."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any


def _essayer(geste: Any) -> str:
    try:
        geste()
    except BaseException as erreur:
        return type(erreur).__name__
    return "fait"


def _regarder() -> dict[str, Any]:
    return {
        "environnement": sorted(os.environ),
        "dossier": str(Path.cwd()),
        "reseau": _essayer(lambda: socket.create_connection(("127.0.0.1", int(sys.argv[2])), 2)),
        "programme": _essayer(lambda: subprocess.run(["/bin/true"], check=True)),
        "descripteurs": sorted(int(lien.name) for lien in Path("/proc/self/fd").iterdir()),
    }


def _memoire() -> None:
    bytearray(2**31)


def _tourner() -> None:
    while True:
        pass


def _ecrire() -> None:
    while True:
        sys.stdout.buffer.write(bytes(2**20))


def _avorter() -> None:
    os.kill(os.getpid(), signal.SIGABRT)


RUSES = {
    "memoire": _memoire,
    "tourner": _tourner,
    "ecrire": _ecrire,
    "dormir": lambda: time.sleep(60),
    "avorter": _avorter,
}

if __name__ == "__main__":
    if sys.argv[1] == "regarder":
        sys.stdout.write(json.dumps(_regarder()))
    elif sys.argv[1] == "rendre":
        sys.stdout.buffer.write(sys.stdin.buffer.read())
    elif sys.argv[1] == "dire":
        sys.stdout.write(str(os.getpid()))
        sys.stdout.flush()
        time.sleep(60)
    else:
        RUSES[sys.argv[1]]()
