"""Pulling the plug for good: a server that stops and starts again, a browser that is killed."""

from __future__ import annotations

import os
import signal
import socket
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.test.testcases import LiveServerThread, QuietWSGIRequestHandler

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer


class Encore(LiveServerThread):
    """A server that may take the address that one has just left."""

    def _create_server(self, connections_override: Any = None) -> Any:
        return self.server_class(
            (self.host, self.port),
            QuietWSGIRequestHandler,
            allow_reuse_address=True,
            connections_override=connections_override,
        )


class Prise:
    """The plug of the live server."""

    def __init__(self, serveur: LiveServer) -> None:
        self._serveur = serveur
        self._fil: Any = serveur.thread
        self._ouvertes: list[socket.socket] = []
        self._ecouter()

    def _ecouter(self) -> None:
        accepter = self._fil.httpd.get_request

        def noter() -> Any:
            ouverte = accepter()
            self._ouvertes.append(ouverte[0])
            return ouverte

        self._fil.httpd.get_request = noter

    def tirer(self) -> None:
        """Connections are refused from here on, and those that were open are cut."""
        self._fil.httpd.shutdown()
        self._fil.httpd.socket.close()
        while self._ouvertes:
            with suppress(OSError):
                self._ouvertes.pop().shutdown(socket.SHUT_RDWR)
        self._fil.join()

    def remettre(self) -> None:
        """The same address answers again."""
        if self._fil.is_alive():
            return
        ancien = self._fil
        self._fil = Encore(
            ancien.host,
            ancien.static_handler,
            connections_override=ancien.connections_override,
            port=ancien.port,
        )
        self._fil.daemon = True
        self._fil.start()
        self._fil.is_ready.wait()
        assert self._fil.error is None, self._fil.error
        self._serveur.thread = self._fil
        self._ecouter()


def tuer_le_navigateur(profil: Path) -> None:
    """SIGKILL to each process of the browser that we started on this profile: it closes nothing."""
    for lieu in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if str(profil) in (lieu / "cmdline").read_text(errors="ignore"):
                os.kill(int(lieu.name), signal.SIGKILL)
