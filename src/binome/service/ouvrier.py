"""`python -m binome.service.ouvrier`: one process that answers pages, on the socket that it is given."""

from __future__ import annotations

import argparse
import logging
import os
import resource
import signal
import socket
import sys
import time
from typing import TYPE_CHECKING, Any, Final

from waitress import wasyncore
from waitress.adjustments import Adjustments

from binome.service.boucle import Ouverts
from binome.service.canal import Serveur
from binome.service.fils import Repartiteur
from binome.service.lien import ENTREE, mourir_avec_le_parent
from binome.service.refus import parler_francais

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

CONNEXIONS: Final = 2000
"""Connections held at once, at most; fewer where the system opens fewer files."""
CORPS_MAX: Final = 64_000_000
"""Bytes of a request: three of the largest files at once. The pages refuse less, and say it better."""
TETE_MAX: Final = 32_000
EN_MEMOIRE: Final = 65_536
"""Bytes of a body, or of an answer, that stay in memory; the rest goes to the disk."""
REPONSE_MAX: Final = 200_000_000
"""Bytes of an answer that are kept for who reads slowly, before its thread has to wait."""
TOUR: Final = 0.001
"""Seconds that a busy thread keeps the interpreter from the one that reads and writes the connections."""
ATTENTE: Final = 1.0
"""Seconds without a word from anyone, at most, before every connection is looked at."""
FINIR: Final = 10.0
"""Seconds that requests have to finish once asked to stop."""


class _Discret(logging.Filter):
    """Says that the server failed, and where in the code: its own words quote the address that was asked."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = "Une faute empêche le serveur de répondre.", None
        return True


def se_taire() -> None:
    """Keeps waitress's faults alone: its warnings quote headers and visitors' addresses."""
    journal = logging.getLogger("waitress")
    journal.setLevel(logging.ERROR)
    journal.addFilter(_Discret())


class _Entree(wasyncore.file_dispatcher):
    """Standard input: when it closes, the watcher is dead or wants us to stop."""

    def __init__(self, serveur: Serveur, arret: list[bool]) -> None:
        self._arret = arret
        super().__init__(ENTREE, map=serveur.carte)  # type: ignore[arg-type]  # a file's number

    def writable(self) -> bool:
        return False

    def handle_read(self) -> None:
        if not self.recv(4096):
            self._arreter()

    def handle_close(self) -> None:
        self._arreter()

    def _arreter(self) -> None:
        self._arret.append(True)
        self.close()


def ouvrir_les_fichiers() -> int:
    """Lets the process open as many files as the system allows it; how many that is."""
    douce, dure = resource.getrlimit(resource.RLIMIT_NOFILE)
    voulue = 65_536 if dure == resource.RLIM_INFINITY else dure
    if douce < voulue:
        resource.setrlimit(resource.RLIMIT_NOFILE, (voulue, dure))
    return voulue


def reglages(prise: socket.socket, fils: int, *, relais: bool) -> Adjustments:
    """How waitress works here. Behind a relay, its headers say who asks; else nobody's do."""
    mots: dict[str, Any] = {
        "sockets": [prise],
        "threads": fils,
        # A connection has up to three files: its own, its body and its answer.
        "connection_limit": min(CONNEXIONS, max(50, (ouvrir_les_fichiers() - 200) // 3)),
        "max_request_body_size": CORPS_MAX,
        "max_request_header_size": TETE_MAX,
        "inbuf_overflow": EN_MEMOIRE,
        "outbuf_overflow": EN_MEMOIRE,
        "outbuf_high_watermark": REPONSE_MAX,
        # One request is read while another is answered: the loop keeps listening to its connection.
        "channel_request_lookahead": 1,
        "log_socket_errors": False,
        "expose_tracebacks": False,
        "ident": None,
        "clear_untrusted_proxy_headers": True,
    }
    if relais:
        mots |= {
            "trusted_proxy": "*",
            "trusted_proxy_count": 1,
            "trusted_proxy_headers": "x-forwarded-for x-forwarded-proto",
        }
    return Adjustments(**mots)


def monter(
    application: WSGIApplication, prise: socket.socket, *, fils: int, relais: bool
) -> Serveur:
    """A server on the socket, its threads started, that takes connections once its loop runs."""
    parler_francais()
    ordres = reglages(prise, fils, relais=relais)
    return Serveur(
        application,
        map=Ouverts(),
        _sock=prise,
        dispatcher=Repartiteur(fils),
        adj=ordres,
        sockinfo=(prise.family, prise.type, prise.proto, prise.getsockname()),
        bind_socket=False,
    )


def servir(serveur: Serveur) -> None:
    """Answers until asked to stop (SIGTERM, SIGINT, or standard input closed), then lets requests finish."""
    arret: list[bool] = []

    def noter(*_: object) -> None:
        arret.append(True)
        serveur.pull_trigger()

    for signe in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signe, noter)
    entree = _Entree(serveur, arret)
    while not arret:
        serveur.tourner(ATTENTE)
    entree.close()
    serveur.accepting = False
    fin = time.monotonic() + FINIR
    while serveur.occupes() and time.monotonic() < fin:
        serveur.tourner(0.2)
    serveur.task_dispatcher.fermer()
    wasyncore.close_all(serveur.carte)


def main() -> None:
    """Serves the site on the socket whose number is given. The watcher starts it."""
    mourir_avec_le_parent()
    lecteur = argparse.ArgumentParser()
    lecteur.add_argument("--prise", type=int, required=True)
    numero: int = lecteur.parse_args().prise
    from binome.socle.wsgi import application  # noqa: PLC0415, I001 - first: it sets the short delays

    from django.conf import settings  # noqa: PLC0415 - once Django is set up

    from binome.socle.bases_de_donnees import FILS  # noqa: PLC0415 - the same

    se_taire()
    sys.setswitchinterval(TOUR)
    os.set_inheritable(numero, False)
    serveur = monter(
        application, socket.socket(fileno=numero), fils=FILS, relais=settings.DERRIERE_UN_RELAIS
    )
    servir(serveur)
    # Not sys.exit: it would wait for the thread of a lot, which its sender is told was interrupted.
    logging.shutdown()
    os._exit(0)


if __name__ == "__main__":
    main()
