"""Fetches uv with the standard library alone, for machines without pip nor venv.

Usage: obtenir_uv.py VERSION FOLDER. Honours PIP_INDEX_URL and UV_DEFAULT_INDEX. The wheel's hash,
as the index publishes it, is checked before anything is written.
"""

import hashlib
import io
import json
import os
import platform
import sys
import urllib.parse
import urllib.request
import zipfile
from pathlib import Path

INDEX = "https://pypi.org/simple"
MACHINES = {"amd64": "x86_64", "arm64": "aarch64"}


def plateforme() -> tuple[str, str]:
    """The words that the name of a suitable wheel holds."""
    machine = platform.machine().lower()
    if sys.platform == "darwin":
        return "macosx", "arm64" if machine == "arm64" else "x86_64"
    libc = "manylinux" if platform.libc_ver()[0] == "glibc" else "musllinux"
    return libc, MACHINES.get(machine, machine)


def lire(adresse: str) -> bytes:
    """The bytes at an address, over HTTPS only."""
    if not adresse.startswith("https://"):
        raise SystemExit(f"adresse refusée, HTTPS attendu : {adresse}")
    demande = urllib.request.Request(  # noqa: S310 - the scheme is checked just above
        adresse, headers={"Accept": "application/vnd.pypi.simple.v1+json"}
    )
    with urllib.request.urlopen(demande, timeout=120) as reponse:  # noqa: S310
        return reponse.read()


def main(version: str, dossier: str) -> None:
    """Writes the uv program of that version in the folder."""
    index = os.environ.get("UV_DEFAULT_INDEX") or os.environ.get("PIP_INDEX_URL") or INDEX
    page = f"{index.rstrip('/')}/uv/"
    systeme, machine = plateforme()
    for fichier in json.loads(lire(page))["files"]:
        nom = fichier["filename"]
        if nom.startswith(f"uv-{version}-") and systeme in nom and nom.endswith(f"{machine}.whl"):
            contenu = lire(urllib.parse.urljoin(page, fichier["url"]))
            if hashlib.sha256(contenu).hexdigest() != fichier["hashes"]["sha256"]:
                raise SystemExit(f"{nom} : empreinte inattendue, rien n’est installé")
            with zipfile.ZipFile(io.BytesIO(contenu)) as archive:
                (membre,) = (
                    un
                    for un in archive.namelist()
                    if un.endswith("/bin/uv") or un.endswith("/scripts/uv")
                )
                cible = Path(dossier) / "uv"
                cible.parent.mkdir(parents=True, exist_ok=True)
                cible.write_bytes(archive.read(membre))
                cible.chmod(0o755)
            return
    raise SystemExit(f"aucun uv {version} pour {systeme} {machine}")


if __name__ == "__main__":
    try:
        main(*sys.argv[1:3])
    except OSError as erreur:
        raise SystemExit(f"téléchargement impossible : {erreur}") from erreur
