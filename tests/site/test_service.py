"""The site as it is served: its weight, its headers, its settings, and the commands that open it."""

from __future__ import annotations

import gzip
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.contrib.staticfiles import finders

if TYPE_CHECKING:
    from http.client import HTTPResponse

    from django.test import Client

PREMIERE_KO = 120
# The page of the rules is the heaviest: it grows with the base, three bytes in a hundred for the facts of 2025 and 2026.
SUIVANTE_KO = 22
SECRET = "secret-d-essai-" + "x1Y2z3" * 10
RESULTAT = (
    "/simulateur/candidat/resultat/?date_entree=2026-01-15&diplomes=aucun&niveau_diplome=3"
    "&experience_secretaire_mois=20&afgsu_niveau=0&situation=salarie_cabinet&zone=C"
)
CINQ_ANS = (
    "/simulateur/employeur/aide/resultat/?date_signature_contrat_aide=2026-03-01&option_etp=un"
    "&specialite=medecine_generale&secteur=1&patientele_mt=1200&bande_activite=p50_p70"
    "&salaire_charge_mensuel_cents=3200&date_prise_fonction=2026-05-02&secretaire_promue=oui"
)
PAGES = (
    "/",
    "/simulateur/candidat/",
    RESULTAT,
    CINQ_ANS,
    "/simulateur/candidat/financement/" + RESULTAT.partition("/resultat/")[2],
    "/financement/",
    "/regles/",
    "/missions/",
    "/organismes/",
    "/ecarts/",
)


def pese(contenu: bytes) -> int:
    """What travels, in bytes."""
    return len(gzip.compress(contenu, 6))


def fichier(adresse: str) -> bytes:
    """A static file, by its address."""
    chemin = finders.find(adresse.removeprefix("/static/"))
    assert isinstance(chemin, str), adresse
    return Path(chemin).read_bytes()


@pytest.mark.django_db
@pytest.mark.parametrize("adresse", PAGES)
def test_la_premiere_page_pese_peu(client: Client, adresse: str) -> None:
    page = client.get(adresse).content
    liees = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page.decode()))
    polices = {
        f"/static/binome/{une}"
        for feuille in liees
        if feuille.endswith(".css")
        for une in re.findall(r'url\("(polices/[^"]+)"\)', fichier(feuille).decode())
    }
    total = pese(page)
    for un in liees | polices:
        contenu = fichier(un)
        total += len(contenu) if un.endswith(".woff2") else pese(contenu)
    assert total <= PREMIERE_KO * 1000


@pytest.mark.django_db
@pytest.mark.parametrize("adresse", PAGES)
def test_les_pages_suivantes_pesent_moins(client: Client, adresse: str) -> None:
    assert pese(client.get(adresse).content) <= SUIVANTE_KO * 1000


def test_les_entetes_tiennent_les_autres_sites_a_distance(client: Client) -> None:
    entetes = client.get("/").headers
    politique = entetes["Content-Security-Policy"]
    for interdit in ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"):
        assert interdit in politique
    assert "unsafe" not in politique
    assert entetes["Referrer-Policy"] == "same-origin"
    assert entetes["X-Content-Type-Options"] == "nosniff"
    assert entetes["X-Frame-Options"] == "DENY"
    assert "Set-Cookie" not in entetes


def test_une_adresse_qui_porte_des_reponses_ne_se_garde_pas(client: Client) -> None:
    assert client.get(RESULTAT).headers["Cache-Control"] == "private, no-store"


def lancer(*mots: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Runs a command in production settings: nothing of the tests' environment."""
    propre = {nom: os.environ[nom] for nom in ("PATH", "HOME") if nom in os.environ}
    return subprocess.run(
        [sys.executable, *mots],
        env={**propre, "DJANGO_SETTINGS_MODULE": "binome.socle.reglages", **env},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_le_controle_du_deploiement_ne_trouve_rien(tmp_path: Path) -> None:
    resultat = lancer(
        "-m", "django", "check", "--deploy", "--fail-level", "WARNING",
        BINOME_SECRET=SECRET, BINOME_DONNEES=str(tmp_path),
    )  # fmt: skip
    assert resultat.returncode == 0, resultat.stderr


def port_libre() -> str:
    """A port that nothing listens on: a demonstration may hold the usual one."""
    with socket.create_server(("127.0.0.1", 0)) as libre:
        return str(libre.getsockname()[1])


def test_servir_sans_secret_est_refuse_en_clair(tmp_path: Path) -> None:
    resultat = lancer("-m", "binome", "serve", "--port", port_libre(), BINOME_DONNEES=str(tmp_path))
    assert resultat.returncode == 3
    assert "BINOME_SECRET manque" in resultat.stderr
    assert "Traceback" not in resultat.stderr


@pytest.mark.parametrize(("adresse", "dit"), [("0.0.0.0", True), ("127.0.0.1", False)])  # noqa: S104 - what is warned of
def test_servir_au_dehors_sans_nom_se_dit(tmp_path: Path, adresse: str, dit: bool) -> None:
    resultat = lancer(
        "-m", "binome", "serve", "--adresse", adresse, "--port", port_libre(),
        BINOME_DONNEES=str(tmp_path),
    )  # fmt: skip
    assert ("BINOME_HOTES manque" in resultat.stderr) is dit, resultat.stderr


def ouvrir(adresse: str, patience: float = 40) -> HTTPResponse:
    """Waits for a server that starts."""
    fin = time.monotonic() + patience
    while True:
        try:
            reponse: HTTPResponse = urllib.request.urlopen(adresse, timeout=5)  # noqa: S310 - our own server
        except OSError:
            if time.monotonic() > fin:
                raise
            time.sleep(0.2)
        else:
            return reponse


@pytest.mark.long(15)
def test_la_demo_s_ouvre_sur_un_autre_port_quand_le_sien_est_pris(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as prise:
        pris = prise.getsockname()[1]
        demo = subprocess.Popen(
            [sys.executable, "-m", "binome", "demo", "--port", str(pris)],
            env={
                **{nom: un for nom, un in os.environ.items() if nom != "DJANGO_SETTINGS_MODULE"},
                "BINOME_DONNEES": str(tmp_path),
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert demo.stdout is not None
        try:
            # The accounts of the demonstration are told first, then the address.
            dites = iter(demo.stdout.readline, "")
            trouve = next(
                lu for une in dites if (lu := re.search(r"http://127\.0\.0\.1:(\d+)/", une))
            )
            assert int(trouve[1]) != pris
            with ouvrir(trouve[0]) as reponse:
                page = reponse.read().decode()
            assert "Quelle formation pour assister un médecin" in page
            feuille = re.search(r'href="(/static/binome/jetons\.[^"]+)"', page)
            assert feuille
            with ouvrir(trouve[0].rstrip("/") + feuille[1]) as reponse:
                assert reponse.status == 200
                assert "immutable" in reponse.headers["Cache-Control"]
        finally:
            demo.send_signal(signal.SIGINT)
            _, erreur = demo.communicate(timeout=20)
    assert f"Le port {pris} est pris" in erreur
    assert "Traceback" not in erreur
