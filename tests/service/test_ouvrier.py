"""The process that answers: slow clients hold no thread, what lasts too long ends, and it says so in French."""

from __future__ import annotations

import signal
import socket
import time
from contextlib import closing
from http.client import HTTPConnection

import pytest

from binome.service import patience
from binome.service.patience import Phase, PhaseSuivie
from tests.service.machines import demander, petit_serveur

VITE = "patience.TETE = patience.PREMIERE = patience.SURSIS = 0.4"


def ouverte(port: int, octets: bytes = b"", *, tampon: int = 0) -> socket.socket:
    """A connection on which something was sent; `tampon` bounds the bytes that its system reads ahead."""
    prise = socket.socket()
    if tampon:
        prise.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, tampon)
    prise.settimeout(10)
    prise.connect(("127.0.0.1", port))
    prise.sendall(octets)
    return prise


def recu(prise: socket.socket) -> bytes:
    """All that comes until the other end closes."""
    morceaux = []
    while True:
        try:
            morceau = prise.recv(65_536)
        except ConnectionResetError:
            break
        if not morceau:
            break
        morceaux.append(morceau)
    return b"".join(morceaux)


GROS = b"GET /gros HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
LENTE = b"GET /lent HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
CORPS = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\nx"


def test_les_lents_ne_tiennent_personne() -> None:
    """Forty bodies that drip, ten readers that do not read: two threads, and others are answered."""
    with petit_serveur() as (port, _):
        lents = [ouverte(port, CORPS) for _ in range(40)]
        lents += [ouverte(port, GROS) for _ in range(10)]
        try:
            for _ in range(10):
                debut = time.monotonic()
                assert demander(port, "/").texte == "0"
                assert time.monotonic() - debut < 2
                for prise in lents[:40]:
                    prise.sendall(b"x")
        finally:
            for prise in lents:
                prise.close()


def test_ce_qui_dure_trop_est_ferme() -> None:
    with (
        petit_serveur(reglage=VITE) as (port, _),
        ouverte(port, CORPS) as corps,
        ouverte(port, b"GET / HTTP/1.1\r\nHost") as tete,
        ouverte(port) as muette,
        ouverte(port, GROS, tampon=65_536) as sourd,
    ):
        dite = recu(corps).decode()
        assert dite.startswith("HTTP/1.1 408 ")
        assert "Votre demande est arrivée trop lentement" in dite
        assert recu(tete) == recu(muette) == b""
        time.sleep(1)
        assert len(recu(sourd)) < 8_000_000  # what the two systems had taken, and no more


@pytest.mark.parametrize(
    ("envoi", "statut", "phrase"),
    [
        (b"GET / HTTP/1.1\r\nBad header\r\n\r\n", 400, "pas lisible"),
        (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 64000000\r\n\r\n", 413, "trop gros"),
        (b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"x" * 64_000 + b"\r\n\r\n", 431, "trop longue"),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", 501, "ne lisons pas"),
    ],
)
def test_le_serveur_refuse_en_francais(petit: int, envoi: bytes, statut: int, phrase: str) -> None:
    with ouverte(petit, envoi) as prise:
        dite = recu(prise).decode()
    assert dite.startswith(f"HTTP/1.1 {statut} ") or dite.startswith(f"HTTP/1.0 {statut} ")
    assert phrase in dite
    assert '<html lang="fr">' in dite
    assert "width=device-width" in dite
    assert "waitress" not in dite


@pytest.fixture(scope="module")
def petit() -> object:
    """One small server for those that only ask."""
    with petit_serveur() as (port, _):
        yield port


def test_trop_de_demandes_sont_refusees_et_non_gardees() -> None:
    with petit_serveur(reglage="from binome.service import canal; canal.FILE = 2") as (port, _):
        prises = [ouverte(port, LENTE) for _ in range(12)]
        dites = [recu(prise).decode() for prise in prises]
        for prise in prises:
            prise.close()
    refusees = [dite for dite in dites if dite.startswith("HTTP/1.1 503 ")]
    assert 6 <= len(refusees) < 12
    assert all("Trop de demandes" in dite and "Retry-After: 60" in dite for dite in refusees)
    assert sum(dite.startswith("HTTP/1.1 200 ") for dite in dites) == 12 - len(refusees)


def test_la_sante_n_attend_pas_les_visiteurs() -> None:
    with petit_serveur() as (port, _):
        lentes = [ouverte(port, LENTE) for _ in range(20)]
        time.sleep(0.1)
        debut = time.monotonic()
        assert demander(port, "/sante/").statut == 200
        assert time.monotonic() - debut < 0.4 < 20 * 0.4 / 2
        for prise in lentes:
            prise.close()


def test_qui_n_a_plus_rien_a_dire_est_repondu() -> None:
    """A client may end its side once its request is sent: that is no reason to leave."""
    with (
        petit_serveur() as (port, _),
        ouverte(port, b"GET /lent HTTP/1.1\r\nHost: a\r\n\r\n") as une,
    ):
        une.shutdown(socket.SHUT_WR)
        assert recu(une).startswith(b"HTTP/1.1 200 ")


def test_des_demandes_envoyees_d_un_coup_sont_repondues_dans_l_ordre(petit: int) -> None:
    """One is read ahead while another is answered; the next ones are not lost for that."""
    suivantes = [b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % n + b"x" * n for n in (3, 1, 2)]  # fmt: skip
    with ouverte(petit, b"GET /lent HTTP/1.1\r\nHost: a\r\n\r\n" + b"".join(suivantes)) as une:
        time.sleep(0.1)
        une.sendall(GROS.replace(b"/gros", b"/"))
        dites = recu(une).decode()
    assert [dit.partition("\r\n\r\n")[2] for dit in dites.split("HTTP/1.1 200 OK")[1:]] == [
        "0",
        "3",
        "1",
        "2",
        "0",
    ]


@pytest.mark.parametrize(
    ("methode", "chemin", "corps"),
    [("POST", "/sante/", b"x"), ("GET", "/sante/", b"x"), ("GET", "/sante/pret/", None)],
)
def test_ce_qui_pourrait_durer_attend_avec_les_autres(
    methode: str, chemin: str, corps: bytes | None
) -> None:
    """The lane of who watches takes nothing that has a body to read, or a database to ask."""
    with petit_serveur() as (port, _):
        lentes = [ouverte(port, LENTE) for _ in range(4)]
        time.sleep(0.1)
        debut = time.monotonic()
        assert demander(port, chemin, methode=methode, corps=corps).statut == 200
        assert time.monotonic() - debut > 0.5
        for prise in lentes:
            prise.close()


def test_les_plus_gros_cedent_la_place() -> None:
    reglage = "from binome.service import canal; canal.GARDE = 10_000_000; canal.RONDE = 0"
    with petit_serveur(reglage=reglage) as (port, _):
        sourds = [ouverte(port, GROS) for _ in range(8)]
        time.sleep(1)
        assert demander(port, "/").texte == "0"
        entieres = [len(recu(prise)) > 8_000_000 for prise in sourds]
        for prise in sourds:
            prise.close()
    assert any(entieres)
    assert not all(entieres)


@pytest.mark.parametrize("signe", [signal.SIGTERM, signal.SIGINT])
def test_un_arret_laisse_finir_ce_qui_a_commence(signe: signal.Signals) -> None:
    with petit_serveur() as (port, processus):
        demander(port, "/")
        lente = ouverte(port, LENTE)
        qui_traine = ouverte(port, CORPS)
        time.sleep(0.2)
        processus.send_signal(signe)
        assert recu(lente).startswith(b"HTTP/1.1 200 ")
        assert recu(qui_traine) == b""
        assert processus.wait(5) == 0
        lente.close()
        qui_traine.close()


def test_un_parent_mort_arrete() -> None:
    with petit_serveur() as (port, processus):
        demander(port, "/")
        assert processus.stdin is not None
        processus.stdin.close()
        assert processus.wait(5) == 0


ECRITS = {
    "X-Forwarded-For": "203.0.113.9, 198.51.100.7",
    "X-Forwarded-Proto": "https",
    "Forwarded": "for=192.0.2.1;proto=https",
}


def test_sans_relais_les_entetes_des_relais_ne_comptent_pas(petit: int) -> None:
    assert demander(petit, "/qui", entetes=ECRITS).texte == "127.0.0.1 http None"


def test_derriere_un_relais_le_dernier_mot_est_le_sien() -> None:
    with petit_serveur(relais=True) as (port, _):
        assert demander(port, "/qui", entetes=ECRITS).texte.startswith("198.51.100.7 https")
        assert demander(port, "/qui").texte.startswith("127.0.0.1 http")
        six = {"X-Forwarded-For": "2001:db8::7"}
        assert demander(port, "/qui", entetes=six).texte.startswith("2001:db8::7 http")
        mauvais = demander(port, "/qui", entetes={"X-Forwarded-Proto": "ftp"})
        assert mauvais.statut == 400
        assert "pas lisible" in mauvais.texte


@pytest.mark.skipif(not socket.has_dualstack_ipv6(), reason="cette machine n’a pas IPv6")
def test_un_visiteur_a_la_meme_adresse_par_les_deux_portes() -> None:
    with petit_serveur(adresse="::") as (port, _):
        assert demander(port, "/qui").texte.startswith("127.0.0.1 http")
        assert demander(port, "/qui", adresse="::1").texte.startswith("::1 http")


def test_une_ligne_lente_mais_reguliere_n_est_pas_coupee() -> None:
    suivi = PhaseSuivie(Phase.REPOS, None, 0.0, 0)
    demande = object()
    suivi.voir(Phase.CORPS, demande, 0, 1.0)
    octets = 0
    for seconde in range(1, 600):
        octets = patience.DEBIT * seconde
        suivi.voir(Phase.CORPS, demande, octets, 1.0 + seconde)
        assert not suivi.depassee(octets, 1.0 + seconde)
    assert suivi.depassee(octets, 1.0 + 599 + patience.SURSIS + 1)


def test_notre_travail_n_est_pas_compte_au_client() -> None:
    suivi = PhaseSuivie(Phase.REPOS, None, 0.0, 0)
    assert not suivi.depassee(0, patience.PREMIERE)
    assert suivi.depassee(0, patience.PREMIERE + 0.1)
    suivi.voir(Phase.TRAVAIL, None, 0, 5.0)
    assert not suivi.depassee(0, 5000.0)
    suivi.voir(Phase.REPOS, None, 0, 5000.0)
    assert not suivi.depassee(0, 5000.0 + patience.REPOS)
    assert suivi.depassee(0, 5000.1 + patience.REPOS)


def test_qui_demande_sans_cesse_n_est_pas_au_repos() -> None:
    """A busy connection that every look finds between two requests is not the same rest, and not new."""
    suivi = PhaseSuivie(Phase.REPOS, 0, 0.0, 0)
    for seconde in range(1, 100):
        suivi.voir(Phase.REPOS, seconde, 0, float(seconde))
        assert not suivi.depassee(0, float(seconde))
    assert not suivi.depassee(0, 99.0 + patience.PREMIERE + 1)
    assert suivi.depassee(0, 99.0 + patience.REPOS + 1)


def test_une_connexion_qui_sert_n_est_pas_coupee() -> None:
    """Kept open and used faster than it is looked at, for three times what a rest may last."""
    vite = "patience.PREMIERE = patience.REPOS = 0.3; from binome.service import canal; canal.RONDE = 0"
    with (
        petit_serveur(reglage=vite) as (port, _),
        closing(HTTPConnection("127.0.0.1", port)) as une,
    ):
        fin = time.monotonic() + 1
        while time.monotonic() < fin:
            une.request("GET", "/")
            assert une.getresponse().read() == b"0"
