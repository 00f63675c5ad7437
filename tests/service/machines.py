"""Servers to try: real processes, on a free port, that end with the test."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PETITE: Final = """
import socket, sys, time
from binome.service import ouvrier, patience
from binome.service.ouvrier import monter, servir
def application(environ, start_response):
    chemin = environ["PATH_INFO"]
    if chemin == "/lent":
        time.sleep(0.4)
    corps = b"x" * 8_000_000 if chemin == "/gros" else b"%d" % len(environ["wsgi.input"].read())
    if chemin == "/qui":
        corps = f"{environ['REMOTE_ADDR']} {environ['wsgi.url_scheme']} {environ.get('HTTP_X_FORWARDED_FOR')}".encode()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(corps)))])
    return [corps]
prise = socket.socket(fileno=int(sys.argv[1]))
exec(sys.argv[2])
servir(monter(application, prise, fils=2, relais=sys.argv[3] == "oui"))
"""
"""A small application under the real server: the number of bytes received, after a while at `/lent`."""


class Reponse(NamedTuple):
    """What a server answered."""

    statut: int
    texte: str


def demander(
    port: int,
    chemin: str,
    *,
    methode: str = "GET",
    corps: bytes | None = None,
    entetes: dict[str, str] | None = None,
    adresse: str = "127.0.0.1",
    patience: float = 10,
) -> Reponse:
    """One request on a connection of its own; `patience` in seconds. Raises OSError."""
    connexion = HTTPConnection(adresse, port, timeout=patience)
    try:
        connexion.request(methode, chemin, corps, entetes or {})
        reponse: HTTPResponse = connexion.getresponse()
        return Reponse(reponse.status, reponse.read().decode())
    finally:
        connexion.close()


def attendre_en_service(port: int, patience: float = 60) -> float:
    """Waits until `/sante/` says yes; seconds that it took. Raises AssertionError when it never does."""
    debut = time.monotonic()
    while time.monotonic() - debut < patience:
        try:
            if demander(port, "/sante/", patience=5).statut == 200:
                return time.monotonic() - debut
        except (OSError, HTTPException):
            pass
        time.sleep(0.1)
    raise AssertionError(f"le serveur du port {port} ne répond pas")


@contextmanager
def petit_serveur(
    *, reglage: str = "pass", relais: bool = False, adresse: str = "127.0.0.1"
) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """The small application; its port and its process. `reglage` is run before it serves."""
    famille = socket.AF_INET6 if ":" in adresse else socket.AF_INET
    double = adresse == "::"
    with socket.create_server((adresse, 0), family=famille, dualstack_ipv6=double) as prise:
        mots = [str(prise.fileno()), reglage, "oui" if relais else "non"]
        with subprocess.Popen(
            [sys.executable, "-c", PETITE, *mots],
            pass_fds=[prise.fileno()],
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as processus:
            try:
                yield prise.getsockname()[1], processus
            finally:
                processus.kill()


class Site(NamedTuple):
    """The whole server."""

    port: int
    processus: subprocess.Popen[str]
    journal: Path

    def dit(self) -> str:
        """What it wrote on standard error."""
        return self.journal.read_text(encoding="utf-8")

    def enfants(self, nom: str) -> list[int]:
        """The processes that it started and whose command holds a word."""
        trouves = subprocess.run(
            ["pgrep", "-P", str(self.processus.pid), "-f", nom],
            capture_output=True,
            text=True,
            check=False,
        )
        return [int(numero) for numero in trouves.stdout.split()]


def port_libre() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as prise:
        port: int = prise.getsockname()[1]
        return port


def environnement(donnees: Path, **ajoutees: str) -> dict[str, str]:
    """That of a demonstration on its own data, and nothing of the tests' settings."""
    propre = {nom: mot for nom, mot in os.environ.items() if nom != "DJANGO_SETTINGS_MODULE"}
    return {
        **propre,
        "BINOME_DEMONSTRATION": "1",
        "BINOME_API_PAR_MINUTE": "0",
        "BINOME_DONNEES": str(donnees),
        **ajoutees,
    }


@contextmanager
def site(donnees: Path, *mots: str, **env: str) -> Iterator[Site]:
    """`binome serve`, once it answers; stopped at the end if it still runs."""
    port = port_libre()
    journal = donnees / "serveur.txt"
    with (
        journal.open("w", encoding="utf-8") as sortie,
        subprocess.Popen(
            [sys.executable, "-P", "-m", "binome", "serve", "--port", str(port), *mots],
            env=environnement(donnees, **env),
            stdout=subprocess.DEVNULL,
            stderr=sortie,
            text=True,
        ) as processus,
    ):
        try:
            attendre_en_service(port)
            yield Site(port, processus, journal)
        finally:
            processus.terminate()
            try:
                processus.wait(20)
            except subprocess.TimeoutExpired:
                processus.kill()
                raise
