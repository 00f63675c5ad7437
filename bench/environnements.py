"""The peers' own environments, made on first use by uv and kept out of version control.

Each peer has its own, so that none weighs on another's memory or versions, and so that Binôme's
environment never depends on them.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

RACINE: Final = Path(__file__).parent.parent
OUTILS: Final = RACINE / ".binome"


class Impossible(Exception):
    """The bench cannot run here; says why in one French sentence."""


def _trouver_uv() -> str:
    """uv where the launcher puts it, else on the path."""
    candidats = [
        Path(sys.prefix).parent / ".binome" / "bin" / "uv",
        OUTILS / "bin" / "uv",
        shutil.which("uv"),
    ]
    for candidat in candidats:
        if candidat is None:
            continue
        try:
            subprocess.run([candidat, "--version"], check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            continue
        return str(candidat)
    raise Impossible("uv est introuvable ; relancez par « ./binome bench », ou installez uv")


def preparer(nom: str) -> Path:
    """The interpreter of a peer's environment, made or remade when its requirements changed."""
    exigences = RACINE / "bench" / f"requirements-{nom}.txt"
    dossier = OUTILS / f"bench-{nom}"
    python = dossier / "bin" / "python"
    temoin = dossier / ".exigences"
    marque = hashlib.sha256(exigences.read_bytes() + sys.version.encode()).hexdigest()
    if python.exists() and temoin.exists() and temoin.read_text(encoding="ascii") == marque:
        return python
    print(f"Environnement de {nom}, une seule fois…", file=sys.stderr)
    uv = _trouver_uv()
    # As in the launcher: a Python is here already, and downloading one needs another host.
    environnement = {
        **os.environ,
        "UV_PYTHON_DOWNLOADS": "never",
        "UV_SYSTEM_CERTS": "1",
        "UV_LINK_MODE": "copy",
    }
    interprete = getattr(sys, "_base_executable", sys.executable)
    commun = ["--quiet", "--no-config", "--python"]
    for commande in (
        ["venv", *commun, interprete, "--clear", str(dossier)],
        ["pip", "install", *commun, str(python), "--requirement", str(exigences)],
    ):
        if subprocess.run([uv, *commande], check=False, env=environnement, cwd=RACINE).returncode:
            raise Impossible(f"l’environnement de {nom} n’a pas pu être installé ; voir ci-dessus")
    temoin.write_text(marque, encoding="ascii")
    return python
