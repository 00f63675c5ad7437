"""Processes on one socket share a crowd: the one that wakes first does not take it whole."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections import Counter
from contextlib import ExitStack

from tests.service.machines import PETITE

QUI = """
import os
def application(environ, start_response):
    corps = b"%d" % os.getpid()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(corps)))])
    return [corps]
"""
CLIENTS = 16


def _pid(prise: socket.socket) -> int:
    """Who answers on a connection that stays open."""
    prise.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    recu = b""
    while b"\r\n\r\n" not in recu or not recu.rpartition(b"\r\n\r\n")[2]:
        morceau = prise.recv(4096)
        assert morceau, recu
        recu += morceau
    return int(recu.rpartition(b"\r\n\r\n")[2])


def test_deux_processus_se_partagent_une_foule() -> None:
    with ExitStack() as pile:
        ecoute = pile.enter_context(socket.create_server(("127.0.0.1", 0), backlog=64))
        mots = [str(ecoute.fileno()), QUI, "non"]
        for _ in range(2):
            processus = pile.enter_context(
                subprocess.Popen(
                    [sys.executable, "-c", PETITE, *mots],
                    pass_fds=[ecoute.fileno()],
                    stdin=subprocess.PIPE,
                    text=True,
                )
            )
            pile.callback(processus.terminate)
        adresse = ecoute.getsockname()
        vus: set[int] = set()
        for _ in range(400):
            with socket.create_connection(adresse, timeout=20) as une:
                vus.add(_pid(une))
            if len(vus) == 2:
                break
        assert len(vus) == 2, "un seul processus répond"
        foules = Counter[int]()
        for _ in range(5):
            prises = [
                pile.enter_context(socket.create_connection(adresse, timeout=20))
                for _ in range(CLIENTS)
            ]
            foules.update(_pid(une) for une in prises)
        assert min(foules.values()) >= CLIENTS, foules
