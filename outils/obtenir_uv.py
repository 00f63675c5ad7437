"""Fetches uv with the standard library, or else with pip: neither pip nor venv need be there.

Usage: obtenir_uv.py FOLDER. Honours UV_DEFAULT_INDEX, UV_INDEX_URL and PIP_INDEX_URL. The hashes
are written here, so nothing depends on what an index or a mirror says of its own files.
"""

from __future__ import annotations

import base64
import hashlib
import html.parser
import http.client
import importlib.util
import io
import os
import platform
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from pathlib import Path

VERSION = "0.13.9"
# The end of each wheel's name and its SHA-256, by system and processor.
ROUES = {
    "linux x86_64": (
        "manylinux_2_17_x86_64.manylinux2014_x86_64",
        "d7f459fe4fd247d830351c75686d3996ace3c6f3f728eb0e85a30b7ada0cef19",
    ),
    "linux musl x86_64": (
        "musllinux_1_1_x86_64",
        "2c45530751517d6c3bbc69a19473f6effe47cce047bede01ffd8af7ea7b36b25",
    ),
    "linux aarch64": (
        "manylinux_2_17_aarch64.manylinux2014_aarch64.musllinux_1_1_aarch64",
        "5435c5ce14a56431208ca0996416d310f1598e8c2c8ba707688985a16bb82dbe",
    ),
    "darwin x86_64": (
        "macosx_10_12_x86_64",
        "c16ed11e013557536b3e60065f1b912f6407bd6518e041b961e23ef9e6b4fbf5",
    ),
    "darwin arm64": (
        "macosx_11_0_arm64",
        "66c512266d633bef48384a1f53003f41f2a8e7b36fe6e7fbfd3e0fd52d96fa63",
    ),
}
INDEX = (
    os.environ.get("UV_DEFAULT_INDEX")
    or os.environ.get("UV_INDEX_URL")
    or os.environ.get("PIP_INDEX_URL")
    or "https://pypi.org/simple"
)
ESSAIS = 3


class Liens(html.parser.HTMLParser):
    """The addresses that a page of an index links to: the form that every mirror serves."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.adresses: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keeps the address of one link."""
        self.adresses += [valeur for nom, valeur in attrs if (tag, nom) == ("a", "href") and valeur]


def machine() -> str:
    """What this Python runs on, in the words of ROUES."""
    nom = f"{sys.platform} {platform.machine()}"
    # Only on this processor are there two programs, one for each C library.
    if nom == "linux x86_64" and platform.libc_ver()[0] != "glibc":
        return "linux musl x86_64"
    return nom


def lire(adresse: str) -> bytes:
    """The bytes at a web address, tried again after a passing fault."""
    morceaux = urllib.parse.urlsplit(adresse)
    if morceaux.scheme not in {"https", "http"}:
        raise OSError(f"une adresse en « {morceaux.scheme} » ne se lit pas")
    identite, _, hote = morceaux.netloc.rpartition("@")
    demande = urllib.request.Request(morceaux._replace(netloc=hote, fragment="").geturl())  # noqa: S310 - checked above
    if identite:
        cle = base64.b64encode(urllib.parse.unquote(identite).encode()).decode()
        demande.add_unredirected_header("Authorization", f"Basic {cle}")
    for essai in range(1, ESSAIS + 1):
        try:
            with urllib.request.urlopen(demande, timeout=30) as reponse:  # noqa: S310
                return bytes(reponse.read())
        except urllib.error.HTTPError:
            raise
        except (OSError, http.client.HTTPException):
            if essai == ESSAIS:
                raise
            time.sleep(essai)
    raise AssertionError


def par_index(nom: str, empreinte: str) -> bytes:
    """The uv program, from the wheel of that name in the index."""
    page = f"{INDEX.rstrip('/')}/uv/"
    for lien in Liens(lire(page).decode()).adresses:
        adresse = urllib.parse.urljoin(page, lien)
        if urllib.parse.unquote(urllib.parse.urlsplit(adresse).path).endswith(f"/{nom}"):
            contenu = lire(adresse)
            if hashlib.sha256(contenu).hexdigest() != empreinte:
                raise OSError(f"{nom} n’a pas l’empreinte attendue")
            with zipfile.ZipFile(io.BytesIO(contenu)) as archive:
                return archive.read(f"uv-{VERSION}.data/scripts/uv")
    raise OSError(f"{nom} n’est pas dans le dépôt")


def par_pip(empreinte: str) -> bytes:
    """The uv program, by this Python's pip or else by a new environment's.

    pip brings its own certificates, and reads settings that this file does not.
    """
    with tempfile.TemporaryDirectory() as dossier:
        demande = Path(dossier, "demande.txt")
        demande.write_text(f"uv=={VERSION} --hash=sha256:{empreinte}\n")
        pip = "-m pip install --quiet --no-input --retries 1 --no-deps".split()
        pip += ["--target", f"{dossier}/uv", "--requirement", str(demande)]
        python = sys.executable
        if importlib.util.find_spec("pip") is None:
            propre = f"{dossier}/propre"
            subprocess.run([python, "-m", "venv", propre], capture_output=True, check=True)
            python = f"{propre}/bin/python"
        subprocess.run([python, *pip], capture_output=True, check=True)
        return Path(dossier, "uv/bin/uv").read_bytes()


def main(dossier: str) -> None:
    """Writes the uv program in the folder, whole or not at all."""
    if machine() not in ROUES:
        raise SystemExit(f"Binôme : installez vous-même uv, qui n’est pas prévu pour {machine()}.")
    suffixe, empreinte = ROUES[machine()]
    try:
        programme = par_index(f"uv-{VERSION}-py3-none-{suffixe}.whl", empreinte)
    except (OSError, http.client.HTTPException, ValueError) as panne:
        try:
            programme = par_pip(empreinte)
        except (OSError, subprocess.SubprocessError):
            raise SystemExit(
                f"Binôme : l’outil d’installation (uv) n’a pas pu être téléchargé ({panne}). Vérifiez "
                "la connexion (ou HTTPS_PROXY, UV_DEFAULT_INDEX), puis relancez la même commande."
            ) from None
    cible = Path(dossier, "uv")
    cible.parent.mkdir(parents=True, exist_ok=True)
    neuf = cible.with_name(f"uv.{os.getpid()}")
    neuf.write_bytes(programme)
    neuf.chmod(0o755)
    neuf.replace(cible)


if __name__ == "__main__":
    main(sys.argv[1])
