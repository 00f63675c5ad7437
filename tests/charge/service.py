"""The real `binome serve`, in processes of its own, for as long as a block lasts."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

SECRET = "un secret des essais, assez long pour ne pas être refusé par le programme"  # noqa: S105
DEMARRAGE = 90.0
"""Seconds: two busy cores, and every migration to do."""


@dataclass(frozen=True)
class Service:
    """Where it listens, and what its programs need to know."""

    port: int
    env: Mapping[str, str]

    def executer(self, code: str) -> str:
        """What a program of the same installation prints. Raises AssertionError when it fails."""
        fini = subprocess.run(
            [sys.executable, "-c", code],
            env=self.env, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert fini.returncode == 0, fini.stderr[-4000:]
        return fini.stdout


def _port_libre() -> int:
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        return int(prise.getsockname()[1])


def _vivant(port: int) -> bool:
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        client.request("GET", "/sante/")
        return client.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        client.close()


def installation(donnees: Path, adresse: str) -> Service:
    """An installation whose database is at `adresse`, SQLite when it is empty; nothing runs yet."""
    env = {
        **os.environ,
        "BINOME_DEMONSTRATION": "1",
        "BINOME_SECRET": SECRET,
        "BINOME_DONNEES": str(donnees),
        "DATABASE_URL": adresse,
        "DJANGO_SETTINGS_MODULE": "binome.socle.reglages",
        "PYTHONPATH": os.pathsep.join(un for un in sys.path if un),
    }
    return Service(_port_libre(), env)


@contextlib.contextmanager
def servi(service: Service, *, ouvriers: int) -> Iterator[None]:
    """Serves while the block lasts. Raises AssertionError when it does not start, or stops by itself."""
    commande = [sys.executable, "-m", "binome", "serve", "--port", str(service.port),
                "--ouvriers", str(ouvriers)]  # fmt: skip
    with subprocess.Popen(commande, env=service.env, stdout=subprocess.DEVNULL) as serveur:
        try:
            fin = time.monotonic() + DEMARRAGE
            while not _vivant(service.port):
                assert serveur.poll() is None, "le serveur s’est arrêté au démarrage"
                assert time.monotonic() < fin, "le serveur n’a pas démarré"
                time.sleep(0.1)
            yield
            assert serveur.poll() is None, "le serveur s’est arrêté sous la charge"
        finally:
            serveur.send_signal(signal.SIGTERM)
            try:
                serveur.wait(20)
            except subprocess.TimeoutExpired:
                serveur.kill()
