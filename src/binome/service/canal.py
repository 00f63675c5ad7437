"""A connection and the server that holds them: waitress, with total delays and a bound on what it keeps.

waitress reads bodies and sends answers outside of its threads, so that a slow client holds none; but it
only looks at the last byte, and closes a stuck reader only when it reads again. Here each phase has an end.
"""

from __future__ import annotations

import socket as prises
import time
from ipaddress import IPv6Address, ip_address
from threading import local
from typing import TYPE_CHECKING, Any, Final

from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import WSGITask

from binome.service.boucle import LIRE, Boucle
from binome.service.fils import LONGUE, Repartiteur
from binome.service.patience import Phase, PhaseSuivie
from binome.service.refus import Occupe, TropLent
from binome.service.tete import TeteDeRequete

if TYPE_CHECKING:
    from socket import socket
    from threading import Lock

    from waitress.adjustments import Adjustments

    from binome.service.boucle import Ouverts

PAUSE: Final = 0.001
"""Seconds after a connection before the next one is taken: without it, the process that wakes first takes a whole crowd."""
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
EN_COURS: Final = local()
"""The connection that each thread answers."""


class TacheHTTP(WSGITask):
    """One request."""

    def write(self, data: bytes) -> None:
        """Sends the head with what follows it: a packet, and a lock, instead of two."""
        reste = data if self.content_length is None else data[: self.content_length]
        if self.wrote_header or not self.complete or not data or len(reste) < len(data):
            super().write(data)
            return
        tete = self.build_response_header()
        if self.chunked_response or not self.has_body:
            super().write(data)  # it makes the same head again
            return
        self.wrote_header = True
        self.content_bytes_written += len(reste)
        self.channel.write_soon(tete + reste)


class Canal(HTTPChannel):
    """One connection."""

    parser_class = TeteDeRequete
    task_class = TacheHTTP
    envoyes = 0
    """Bytes that the client's system took."""
    servies = 0
    """Requests whose answer was begun: who asks quickly is never seen but at rest, and yet is not the same rest."""
    ecoute: int | None = None
    """What the loop listens to it for; None while it asks."""
    muet = False
    """Whether the client said that it would send nothing more, while it waits for its answer."""
    requests_lock: Lock

    def __init__(
        self, server: Serveur, sock: socket, addr: Any, adj: Adjustments, map: Any = None
    ) -> None:
        self.suivi = PhaseSuivie(Phase.REPOS, 0, time.monotonic(), 0)
        self.numero = sock.fileno()
        super().__init__(server, sock, addr, adj, map=map)

    def send(self, data: bytes, do_close: bool = True) -> int:
        """Sends what can be, and counts it."""
        partis: int = super().send(data, do_close=do_close)
        self.envoyes += partis
        return partis

    def service(self) -> None:
        """Answers the next request, and counts it."""
        self.servies += 1
        EN_COURS.canal = self
        try:
            super().service()
        finally:
            EN_COURS.canal = None

    def readable(self) -> bool:
        """Whether to listen: one request is read ahead, so that the loop need not be told of each answer."""
        return super().readable() and not (self.muet and self.requests)

    def handle_read(self) -> None:
        """Reads; a client that ends its side while it waits is answered first."""
        if self.requests and self._a_fini_d_ecrire():
            self.muet = True
        else:
            super().handle_read()

    def _a_fini_d_ecrire(self) -> bool:
        prise = self.socket
        try:
            return prise is not None and not prise.recv(1, prises.MSG_PEEK)
        except OSError:
            return False  # nothing after all, or a connection that broke: who reads will see

    def a_dire(self) -> bool:
        """Whether the loop must look at it again, once a thread has answered or could not send all."""
        return self.ecoute != LIRE or self.writable() or not self.readable()

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
    rondes = 0
    """How many times every connection was looked at."""
    task_dispatcher: Repartiteur  # type: ignore[assignment]  # as it is, not as its stubs say
    _map: Ouverts

    def __init__(self, *mots: Any, **nommes: Any) -> None:
        self._couloir = Repartiteur(1)
        self._ecoute_des = 0.0
        super().__init__(*mots, **nommes)
        self._boucle = Boucle(self._map, lambda: self.rondes)

    @property
    def carte(self) -> Ouverts:
        """What the loop listens to, by file number."""
        return self._map

    def tourner(self, secondes: float) -> None:
        """Listens to every connection until something comes, at most so long."""
        attendent = self.task_dispatcher.secourir()
        if self._ecoute_des > time.monotonic():
            secondes = min(secondes, PAUSE)
        self._boucle.tourner(min(secondes, LONGUE) if attendent else secondes)

    def readable(self) -> bool:
        """Whether to take connections: for a moment after one, the other processes may."""
        prend: bool = super().readable()
        return prend and time.monotonic() >= self._ecoute_des

    def handle_accept(self) -> None:
        """Takes one connection, then leaves the next one to who listens on the same socket and does less."""
        super().handle_accept()
        self._ecoute_des = time.monotonic() + PAUSE

    def pull_trigger(self) -> None:
        """Wakes the loop; for a connection that is being answered, only when it has something to do for it."""
        canal = getattr(EN_COURS, "canal", None)
        if canal is not None:
            if not canal.a_dire():
                return
            self._boucle.signaler(canal.numero)
        super().pull_trigger()

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
        if sante and self._couloir.en_attente() < FILE_DE_SANTE:
            self._couloir.add_task(task)
        elif self.task_dispatcher.en_attente() >= FILE:
            demande.error = Occupe("")
            self.trigger.pull_trigger(task.service)
        else:
            super().add_task(task)

    def maintenance(self, now: float) -> None:
        """Looks at every connection, then makes room."""
        self.next_channel_cleanup = int(now) + RONDE
        self.rondes += 1
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
