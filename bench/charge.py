"""A small load: so many clients at once, each asking again as soon as it is answered.

Sockets and threads of the standard library, and one process apart from the servers. A connection
is kept for as long as the server keeps it; when it closes it (gunicorn's plain workers do after
each answer), the client opens another, as any client would.
"""

from __future__ import annotations

import asyncio
from functools import partial
from statistics import quantiles
from time import perf_counter
from typing import NamedTuple


class Demande(NamedTuple):
    """What is asked, as bytes ready to be sent."""

    port: int
    octets: bytes


class Debit(NamedTuple):
    """What came out of a load; latencies in milliseconds."""

    par_seconde: float
    p50_ms: float
    p95_ms: float


class Refusee(Exception):
    """The server answered something else than 200."""


def demander(port: int, chemin: str, corps: bytes | None = None) -> Demande:
    """A GET, or a POST of JSON."""
    methode = "GET" if corps is None else "POST"
    lignes = [f"{methode} {chemin} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Accept: */*"]
    if corps is not None:
        lignes += ["Content-Type: application/json", f"Content-Length: {len(corps)}"]
    tete = "\r\n".join([*lignes, "", ""]).encode()
    return Demande(port, tete + (corps or b""))


class _Client(asyncio.Protocol):
    """One client: counts its answers until the time is over."""

    def __init__(self, demande: Demande, fin: float, durees: list[float]) -> None:
        self._octets = demande.octets
        self._fin = fin
        self._durees = durees
        self._recu = b""
        self._attendu = -1
        self._ferme = False
        self._envoye = 0.0
        self.termine: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Asks first."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._demander()

    def _demander(self) -> None:
        self._recu, self._attendu = b"", -1
        self._envoye = perf_counter()
        self._transport.write(self._octets)

    def data_received(self, data: bytes) -> None:
        """Waits for the whole answer, then asks again."""
        self._recu += data
        if self._attendu < 0:
            fin_de_tete = self._recu.find(b"\r\n\r\n")
            if fin_de_tete < 0:
                return
            tete = self._recu[:fin_de_tete].lower()
            if not tete.startswith(b"http/1.1 200"):
                self._conclure(Refusee(tete.split(b"\r\n")[0].decode()))
                return
            longueur = tete.split(b"content-length:")[1].split(b"\r\n")[0]
            self._attendu = fin_de_tete + 4 + int(longueur)
            self._ferme = b"connection: close" in tete
        if len(self._recu) >= self._attendu:
            maintenant = perf_counter()
            self._durees.append(maintenant - self._envoye)
            if maintenant >= self._fin:
                self._conclure(None)
            elif not self._ferme:
                self._demander()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio calls it so
        """The server closed: the caller opens another connection."""
        if not self.termine.done():
            self.termine.set_result(False)

    def _conclure(self, erreur: Exception | None) -> None:
        if not self.termine.done():
            if erreur is None:
                self.termine.set_result(True)
            else:
                self.termine.set_exception(erreur)
        self._transport.close()


async def _un_client(demandes: list[Demande], rang: int, fin: float, durees: list[float]) -> None:
    boucle = asyncio.get_running_loop()
    while perf_counter() < fin:
        demande = demandes[rang % len(demandes)]
        rang += 1
        _, client = await boucle.create_connection(
            partial(_Client, demande, fin, durees), "127.0.0.1", demande.port
        )
        if await client.termine:
            return


async def _charger(demandes: list[Demande], clients: int, secondes: float) -> Debit:
    durees: list[float] = []
    debut = perf_counter()
    fin = debut + secondes
    await asyncio.gather(*(_un_client(demandes, rang, fin, durees) for rang in range(clients)))
    ecoule = perf_counter() - debut
    centiles = quantiles(durees, n=100)
    return Debit(len(durees) / ecoule, centiles[49] * 1000, centiles[94] * 1000)


def charger(demande: Demande, *, clients: int, secondes: float) -> Debit:
    """Asks for so long with so many clients. Raises Refusee at the first answer that is not 200."""
    return asyncio.run(_charger([demande], clients, secondes))
