"""The relays that the documentation gives: their programs accept the files, and serve the site through them."""

from __future__ import annotations

import os
import shutil
import socket
import ssl
import subprocess
import time
from contextlib import contextmanager
from http.client import HTTPSConnection
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from outils.paquets import installer

from tests.service.machines import petit_serveur, port_libre

if TYPE_CHECKING:
    from collections.abc import Iterator

RELAIS: Final = Path("docs/relais")
NOM: Final = "binome.example.org"
ECRITS: Final = {
    "Host": NOM,
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Proto": "http",
    "Forwarded": "for=192.0.2.1;proto=http",
}


def programme(nom: str, paquet: str) -> str:
    """Where a relay's program is, installed when one may. Skips aloud otherwise."""
    for _ in range(2):
        trouve = shutil.which(nom, path=f"{os.environ['PATH']}:/usr/sbin")
        if trouve:
            return trouve
        installer(paquet)
    pytest.skip(
        f"SAUTÉ : {nom} manque, et ne peut pas être installé ici (apt-get install {paquet})"
    )


def certifier(dossier: Path) -> tuple[Path, Path]:
    """A certificate of the moment, and its key."""
    certificat, cle = dossier / "certificat.pem", dossier / "cle.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "1", "-subj", f"/CN={NOM}", "-keyout", cle, "-out", certificat],
        check=True, capture_output=True,
    )  # fmt: skip
    return certificat, cle


def fichier_nginx(dossier: Path, amont: int, port: int) -> Path:
    """The documented file, with the places and ports of the test."""
    certificat, cle = certifier(dossier)
    texte = (RELAIS / "nginx.conf").read_text(encoding="utf-8")
    for avant, apres in {
        "127.0.0.1:8000": f"127.0.0.1:{amont}",
        "/etc/ssl/binome/certificat.pem": str(certificat),
        "/etc/ssl/binome/cle.pem": str(cle),
        "/var/log/nginx/binome.log": str(dossier / "acces.log"),
        "listen 80;": f"listen 127.0.0.1:{port_libre()};",
        "    listen [::]:80;\n": "",
        "listen 443 ssl;": f"listen 127.0.0.1:{port} ssl;",
        "    listen [::]:443 ssl;\n": "",
    }.items():
        assert avant in texte
        texte = texte.replace(avant, apres)
    (dossier / "binome.conf").write_text(texte, encoding="utf-8")
    entier = dossier / "nginx.conf"
    dossiers = "".join(
        f"{quoi}_temp_path {dossier}/{quoi};"
        for quoi in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    entier.write_text(
        f"pid {dossier}/nginx.pid; error_log {dossier}/erreurs.log; daemon off; user root;\n"
        f"events {{}} http {{ {dossiers} include {dossier}/binome.conf; }}",
        encoding="utf-8",
    )
    return entier


def fichier_caddy(dossier: Path, amont: int, port: int) -> Path:
    """The same, for Caddy; the certificate is its own, and it asks nobody for one."""
    texte = (RELAIS / "Caddyfile").read_text(encoding="utf-8")
    for avant, apres in {
        "reverse_proxy 127.0.0.1:8000": f"reverse_proxy 127.0.0.1:{amont}",
        f"\n{NOM} {{": f"\nhttps://{NOM}:{port} {{\n\ttls internal\n\tbind 127.0.0.1",
        "\n{\n": f"\n{{\n\tadmin off\n\tauto_https disable_redirects\n\tskip_install_trust\n\tstorage file_system {dossier}/caddy\n",
    }.items():
        assert avant in texte
        texte = texte.replace(avant, apres, 1)
    entier = dossier / "Caddyfile"
    entier.write_text(texte, encoding="utf-8")
    return entier


@contextmanager
def lance(*commande: str, dossier: Path) -> Iterator[None]:
    """A relay, for the time of a test."""
    env = {**os.environ, "HOME": str(dossier), "XDG_CONFIG_HOME": str(dossier)}
    with subprocess.Popen(commande, env=env, stderr=subprocess.DEVNULL) as processus:
        try:
            yield
        finally:
            processus.terminate()


def par_le_relais(port: int, chemin: str, corps: bytes | None = None) -> str:
    """What one receives through the relay, which may be starting. Raises AssertionError."""
    contexte = ssl.create_default_context()
    contexte.check_hostname, contexte.verify_mode = False, ssl.CERT_NONE
    fin = time.monotonic() + 20
    while True:
        connexion = HTTPSConnection("127.0.0.1", port, context=contexte, timeout=10)
        try:
            connexion.sock = contexte.wrap_socket(
                socket.create_connection(("127.0.0.1", port), timeout=10), server_hostname=NOM
            )
            connexion.request("POST" if corps else "GET", chemin, corps, ECRITS)
            reponse = connexion.getresponse()
            return f"{reponse.status} {reponse.read().decode()}"
        except OSError:
            assert time.monotonic() < fin
            time.sleep(0.1)
        finally:
            connexion.close()


def _essayer(port: int) -> None:
    """The scheme and the address are the relay's word, and not what the client wrote."""
    assert par_le_relais(port, "/qui?reponse=secrete") == "200 127.0.0.1 https 127.0.0.1"
    assert par_le_relais(port, "/", b"x" * 300_000) == "200 300000"
    assert par_le_relais(port, "/gros") == "200 " + "x" * 8_000_000


@pytest.mark.long(20)
def test_nginx_accepte_et_sert(tmp_path: Path) -> None:
    nginx, port = programme("nginx", "nginx-light"), port_libre()
    with petit_serveur(relais=True) as (amont, _):
        entier = str(fichier_nginx(tmp_path, amont, port))
        verifie = subprocess.run(
            [nginx, "-t", "-c", entier], capture_output=True, text=True, check=False
        )
        assert verifie.returncode == 0, verifie.stderr
        assert "warn" not in verifie.stderr
        with lance(nginx, "-c", entier, dossier=tmp_path):
            _essayer(port)
            time.sleep(0.2)
            acces = (tmp_path / "acces.log").read_text(encoding="utf-8")
    assert "/qui" in acces
    assert "secrete" not in acces


@pytest.mark.long(20)
def test_caddy_accepte_et_sert(tmp_path: Path) -> None:
    caddy, port = programme("caddy", "caddy"), port_libre()
    with petit_serveur(relais=True) as (amont, _):
        entier = str(fichier_caddy(tmp_path, amont, port))
        mots = ["--config", entier, "--adapter", "caddyfile"]
        verifie = subprocess.run(
            [caddy, "validate", *mots], capture_output=True, text=True, check=False,
            env={**os.environ, "HOME": str(tmp_path)},
        )  # fmt: skip
        assert verifie.returncode == 0, verifie.stderr
        with lance(caddy, "run", *mots, dossier=tmp_path):
            _essayer(port)


def test_les_relais_donnent_ce_que_le_serveur_croit() -> None:
    """Both write over the two headers, and pass bodies a little smaller than the server's own bound."""
    nginx = (RELAIS / "nginx.conf").read_text(encoding="utf-8")
    caddy = (RELAIS / "Caddyfile").read_text(encoding="utf-8")
    for mot in ("X-Forwarded-For   $remote_addr;", "X-Forwarded-Proto $scheme;", "$uri", "63m"):
        assert mot in nginx
    for mot in ("header_up X-Forwarded-For {remote_host}", "header_up X-Forwarded-Proto {scheme}"):
        assert mot in caddy
    assert "$request_uri;" in nginx
    assert "'$remote_addr [$time_iso8601] $request_method $uri " in nginx
