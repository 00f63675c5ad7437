"""The whole server under siege: slow clients, killed processes, an end that is asked for. Long, and real."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import socket
import subprocess
import sys
import time
from functools import partial
from http.client import HTTPException
from statistics import quantiles
from typing import TYPE_CHECKING, Final

import pytest

from tests.service.machines import Site, demander, environnement, site

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DUREE: Final = 120.0
PAGES: Final = ("/", "/simulateur/candidat/", "/organismes/", "/sources/", "/missions/")
GROSSE: Final = "/api/v1/openapi.json"
ECRIVAINS, LECTEURS, VISITEURS = 200, 50, 300


def _jusqu_a(vrai: Callable[[], object], patience: float) -> float:
    """Seconds until something holds. Raises AssertionError after `patience` seconds."""
    debut = time.monotonic()
    while not vrai():
        assert time.monotonic() - debut < patience
        time.sleep(0.1)
    return time.monotonic() - debut


@pytest.mark.long(12)
def test_un_second_serveur_sur_le_port_est_refuse(tmp_path: Path) -> None:
    with site(tmp_path, "--ouvriers", "1") as premier:
        second = subprocess.run(
            [sys.executable, "-P", "-m", "binome", "serve", "--port", str(premier.port)],
            env=environnement(tmp_path), capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert second.returncode == 3
        assert "un autre programme y écoute déjà" in second.stderr
        assert demander(premier.port, "/sante/").statut == 200


@pytest.mark.long(60)
def test_les_travaux_tues_vingt_fois_reviennent(tmp_path: Path) -> None:
    hasard = random.Random(11)  # noqa: S311 - the same points at each run
    with site(tmp_path, "--ouvriers", "1") as serveur:
        durees = []
        for _ in range(20):
            _jusqu_a(lambda: serveur.enfants("travaux"), 10)
            time.sleep(hasard.uniform(0, 3))
            (mort,) = serveur.enfants("travaux")
            os.kill(mort, signal.SIGKILL)
            durees.append(_jusqu_a(partial(_autre, serveur, mort), 10))
        assert demander(serveur.port, "/sante/").statut == 200
        assert serveur.dit().count("le processus des travaux (") == 20
    print("retours des travaux, en secondes :", sorted(round(une, 1) for une in durees))  # noqa: T201


def _autre(serveur: Site, mort: int) -> bool:
    return bool(set(serveur.enfants("travaux")) - {mort})


@pytest.mark.long(20)
def test_les_ouvriers_tues_sont_remplaces_et_dits(tmp_path: Path) -> None:
    with site(tmp_path, "--ouvriers", "2") as serveur:
        for fois in range(6):
            for mort in serveur.enfants("service.ouvrier"):
                os.kill(mort, (signal.SIGKILL, signal.SIGSEGV)[fois % 2])
            _jusqu_a(lambda: len(serveur.enfants("service.ouvrier")) == 2, 10)
            _jusqu_a(lambda: _repond(serveur), 20)
        assert serveur.dit().count("s’est arrêté : signal SIGKILL") >= 6
        assert "s’est arrêté : signal SIGSEGV" in serveur.dit()
        assert serveur.processus.poll() is None


def _repond(serveur: Site) -> bool:
    try:
        return demander(serveur.port, "/sante/", patience=5).statut == 200
    except (OSError, HTTPException):
        return False


@pytest.mark.long(12)
def test_un_arret_se_fait_en_quinze_secondes_malgre_les_lents(tmp_path: Path) -> None:
    with site(tmp_path, "--ouvriers", "2") as serveur:
        lents = [socket.create_connection(("127.0.0.1", serveur.port)) for _ in range(60)]
        for rang, prise in enumerate(lents):
            prise.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            prise.sendall(_ecrivain() if rang % 2 else _lecteur(serveur.port) * 20)
        time.sleep(1)
        fils = [*serveur.enfants("service.ouvrier"), *serveur.enfants("travaux")]
        debut = time.monotonic()
        serveur.processus.terminate()
        assert serveur.processus.wait(15) == 0
        ecoule = time.monotonic() - debut
        for prise in lents:
            prise.close()
        assert len(fils) == 3
        for numero in fils:
            with pytest.raises(ProcessLookupError):
                os.kill(numero, 0)
    print(f"arrêt en {ecoule:.1f} s")  # noqa: T201


def _ecrivain() -> bytes:
    return b"POST /api/v1/positionner HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{"


def _lecteur(port: int, chemin: str = GROSSE) -> bytes:
    return f"GET {chemin} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()


class _Siege:
    """Who attacks and who visits, all in one loop; every duration in seconds."""

    def __init__(self, port: int, duree: float) -> None:
        self.port, self.fin = port, time.monotonic() + duree
        self.sante: list[float] = []
        self.visites: list[float] = []
        self.rates: list[str] = []

    async def ecrire_lentement(self) -> None:
        """Sends a body a byte every two seconds; begins again when it is cut."""
        while time.monotonic() < self.fin:
            try:
                lecteur, ecrivain = await asyncio.open_connection("127.0.0.1", self.port)
                ecrivain.write(_ecrivain())
                while time.monotonic() < self.fin and not lecteur.at_eof():
                    ecrivain.write(b" ")
                    await ecrivain.drain()
                    await asyncio.sleep(2)
                ecrivain.close()
            except OSError:
                await asyncio.sleep(1)

    async def lire_lentement(self) -> None:
        """Asks for much, and takes a hundred bytes every two seconds."""
        boucle = asyncio.get_running_loop()
        while time.monotonic() < self.fin:
            with socket.socket() as prise:
                prise.setblocking(False)
                prise.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
                try:
                    await boucle.sock_connect(prise, ("127.0.0.1", self.port))
                    await boucle.sock_sendall(prise, _lecteur(self.port) * 20)
                    while time.monotonic() < self.fin and await boucle.sock_recv(prise, 100):
                        await asyncio.sleep(2)
                except OSError:
                    await asyncio.sleep(1)

    async def visiter(self, rang: int) -> None:
        """Reads a page, thinks for some seconds, reads another."""
        hasard = random.Random(rang)  # noqa: S311 - the same thoughts at each run
        await asyncio.sleep(hasard.uniform(0, 6))
        while time.monotonic() < self.fin:
            duree = await self._demander(hasard.choice(PAGES))
            self.visites.append(duree)
            await asyncio.sleep(hasard.uniform(4, 8))

    async def surveiller(self) -> None:
        """Asks for the health, twice a second."""
        while time.monotonic() < self.fin:
            self.sante.append(await self._demander("/sante/"))
            await asyncio.sleep(0.5)

    async def _demander(self, chemin: str) -> float:
        debut = time.monotonic()
        try:
            async with asyncio.timeout(20):
                lecteur, ecrivain = await asyncio.open_connection("127.0.0.1", self.port)
                ecrivain.write(
                    f"GET {chemin} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nConnection: close\r\n\r\n".encode()
                )
                reponse = await lecteur.read()
                ecrivain.close()
            if not reponse.startswith(b"HTTP/1.1 200"):
                self.rates.append(f"{chemin} : {reponse[:20]!r}")
        except (OSError, TimeoutError) as faute:
            self.rates.append(f"{chemin} : {type(faute).__name__}")
        return time.monotonic() - debut

    async def tenir(self) -> None:
        """Everyone at once."""
        await asyncio.gather(
            self.surveiller(),
            *(self.ecrire_lentement() for _ in range(ECRIVAINS)),
            *(self.lire_lentement() for _ in range(LECTEURS)),
            *(self.visiter(rang) for rang in range(VISITEURS)),
        )


@pytest.mark.long(150)
def test_deux_cent_cinquante_lents_n_arretent_pas_trois_cents_visiteurs(tmp_path: Path) -> None:
    with site(tmp_path, "--ouvriers", "2") as serveur:
        for _ in range(2):
            for page in (*PAGES, GROSSE):
                assert demander(serveur.port, page).statut == 200
        siege = _Siege(serveur.port, float(os.environ.get("BINOME_SIEGE", DUREE)))
        asyncio.run(siege.tenir())
    p95 = quantiles(siege.visites, n=100)[94]
    print(  # noqa: T201
        f"santé : {len(siege.sante)} fois, au pire {max(siege.sante):.3f} s ; "
        f"visites : {len(siege.visites)}, p95 {p95:.3f} s ; ratés : {siege.rates[:5]}"
    )
    assert siege.rates == []
    assert max(siege.sante) < 0.5
    assert p95 < 1
