"""A connection and the server that holds them: waitress, with total delays and a bound on what it keeps.

waitress reads bodies and sends answers outside of its threads, so that a slow client holds none; but it
only looks at the last byte, and closes a stuck reader only when it reads again. Here each phase has an end.
"""

from __future__ import annotations

import time
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING, Any, Final

from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher

from binome.service.patience import Phase, PhaseSuivie
from binome.service.refus import Occupe, TropLent
from binome.service.tete import TeteDeRequete

if TYPE_CHECKING:
    from socket import socket
    from threading import Lock

    from waitress.adjustments import Adjustments

FILE: Final = 200
"""Requests that may wait for a thread; the next ones are told to come back."""
GARDE: Final = 1_000_000_000
"""Bytes of bodies and answers that one process keeps, on the disk for most; beyond, the largest go."""
SANTE: Final = "/sante/"
"""What who watches asks for: read, it has a thread of its own, and waits for no visitor. Nothing else goes
there: a body to read or a database to wait for would hold it."""
LECTURES: Final = frozenset({"GET", "HEAD"})
FILE_DE_SANTE: Final = 20
"""Requests that may wait for that thread; the next ones wait with the others."""
RONDE: Final = 1
"""Seconds between two looks at the connections."""


class Canal(HTTPChannel):
    """One connection."""

    parser_class = TeteDeRequete
    envoyes = 0
    """Bytes that the client's system took."""
    servies = 0
    """Requests whose answer was begun: who asks quickly is never seen but at rest, and yet is not the same rest."""
    requests_lock: Lock

    def __init__(
        self, server: Serveur, sock: socket, addr: Any, adj: Adjustments, map: Any = None
    ) -> None:
        self.suivi = PhaseSuivie(Phase.REPOS, 0, time.monotonic(), 0)
        super().__init__(server, sock, addr, adj, map=map)

    def send(self, data: bytes, do_close: bool = True) -> int:
        """Sends what can be, and counts it."""
        partis: int = super().send(data, do_close=do_close)
        self.envoyes += partis
        return partis

    def service(self) -> None:
        """Answers the next request, and counts it."""
        self.servies += 1
        super().service()

    def _etat(self) -> tuple[Phase, object, int]:
        """The phase, what it is about, and the bytes that went by in it."""
        demande = self.request
        if self.total_outbufs_len:
            return Phase.REPONSE, self.servies, self.envoyes
        if self.requests:
            return Phase.TRAVAIL, None, 0
        if demande is None:
            return Phase.REPOS, self.servies, 0
        if not demande.headers_finished:
            return Phase.TETE, demande, 0
        return Phase.CORPS, demande, demande.body_bytes_received

    def veiller(self, instant: float) -> None:
        """Ends what has lasted too long. The server's own thread calls it, at each round."""
        phase, objet, passes = self._etat()
        self.suivi.voir(phase, objet, passes, instant)
        if not self.suivi.depassee(passes, instant):
            return
        if phase is Phase.CORPS:
            self._dire_trop_lent()
        else:
            # Not `will_close`: waitress then waits to be able to write, and who does not read never lets it.
            self.handle_close()

    def _dire_trop_lent(self) -> None:
        """Answers that the body came too slowly, then closes."""
        with self.requests_lock:
            demande = self.request
            if demande is None or self.requests:
                return
            demande.error, demande.completed = TropLent(""), True
            self.request, self.requests = None, [demande]
        self.service()

    def gardes(self) -> int:
        """Bytes kept for this connection, in memory or on the disk."""
        demandes = [*self.requests, *([self.request] if self.request is not None else [])]
        return self.total_outbufs_len + sum(demande.body_bytes_received for demande in demandes)


class Serveur(TcpWSGIServer):
    """Every connection of one process."""

    channel_class = Canal
    active_channels: dict[int, Canal]  # type: ignore[assignment]  # as it is, not as its stubs say
    trigger: Any
    _map: dict[int, Any]

    def __init__(self, *mots: Any, **nommes: Any) -> None:
        self._couloir = ThreadedTaskDispatcher()
        self._couloir.set_thread_count(1)
        super().__init__(*mots, **nommes)

    @property
    def carte(self) -> dict[int, Any]:
        """What the loop listens to, by file number."""
        return self._map

    def fix_addr(self, addr: Any) -> Any:
        """An IPv4 client of a socket that takes both kinds has its own address, and not that of a pair."""
        adresse = ip_address(str(addr[0]).partition("%")[0])
        if isinstance(adresse, IPv6Address) and adresse.ipv4_mapped is not None:
            return (str(adresse.ipv4_mapped), *addr[1:])
        return addr

    def add_task(self, task: Any) -> None:
        """Queues a request; when too many wait, has it refused at once, from the loop and not from here."""
        demande = task.requests[0]
        sante = (
            demande.error is None  # what could not be read has no path
            and demande.path == SANTE
            and demande.command in LECTURES
            and not demande.body_bytes_received
        )
        if sante and len(self._couloir.queue) < FILE_DE_SANTE:
            self._couloir.add_task(task)
        elif len(self.task_dispatcher.queue) >= FILE:
            demande.error = Occupe("")
            self.trigger.pull_trigger(task.service)
        else:
            super().add_task(task)

    def maintenance(self, now: float) -> None:
        """Looks at every connection, then makes room."""
        self.next_channel_cleanup = int(now) + RONDE
        instant = time.monotonic()
        for canal in list(self.active_channels.values()):
            canal.veiller(instant)
        self._delester()

    def _delester(self) -> None:
        """Closes what is too much: the largest when bytes are, the slowest when connections are."""
        canaux = list(self.active_channels.values())
        gardes = sum(canal.gardes() for canal in canaux)
        if gardes > GARDE:
            for canal in sorted(canaux, key=Canal.gardes, reverse=True):
                if gardes <= GARDE:
                    break
                gardes -= canal.gardes()
                canal.handle_close()
        trop = len(self._map) - 9 * self.adj.connection_limit // 10
        if trop > 0:
            attendent = [
                canal
                for canal in self.active_channels.values()
                if canal.suivi.phase is not Phase.TRAVAIL
            ]
            for canal in sorted(attendent, key=lambda canal: canal.suivi.depuis)[:trop]:
                canal.handle_close()

    def occupes(self) -> int:
        """Connections with a request that is being answered, or an answer still to be sent."""
        return sum(
            bool(canal.requests or canal.total_outbufs_len)
            for canal in self.active_channels.values()
        )
