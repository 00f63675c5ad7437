"""`./binome test`: the whole suite, then what touches the database again on PostgreSQL.

`--long` adds what takes minutes, `--temps 300` plays only the long tests that fit in so many seconds,
`--postgresql` runs on PostgreSQL alone; other words go to pytest, and then only SQLite is tried.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from outils import navigateur, postgresql
from outils.paquets import installer

SUR_POSTGRESQL = (
    "tests/charge",
    "tests/journal",
    "tests/comptes",
    "tests/courrier",
    "tests/diagnostic",
    "tests/dossiers",
    "tests/effacement",
    "tests/emplois",
    "tests/employeurs",
    "tests/matrice",
    "tests/pieces",
    "tests/socle",
)
"""The folders whose tests touch the database."""


def preparer_age() -> None:
    """The `age` command, which opens a backup without Binôme; root installs it, others are told."""
    if shutil.which("age") or installer("age"):
        return
    print(
        "ATTENTION : sans la commande « age », l’ouverture d’une sauvegarde sans Binôme n’est pas "
        "essayée. Installez le paquet « age » puis relancez.",
        flush=True,
    )


def _pytest(arguments: list[str], **variables: str) -> int:
    environnement = {**os.environ, "PYTHONHASHSEED": "0", **variables}
    commande = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.run(commande, env=environnement, check=False).returncode


def sur_postgresql(arguments: list[str], ou: list[str], *, exige: bool) -> int:
    """Runs the tests on a private PostgreSQL; when there is none, fails only if it was asked for."""
    programmes = postgresql.obtenir()
    if programmes is None:
        return int(exige)
    chemins = ou or [un for un in SUR_POSTGRESQL if Path(un).is_dir()]
    # The last -m wins: what says nothing of PostgreSQL is left out, with the long tests or without.
    rang = arguments.index("-m") + 1 if "-m" in arguments else 0
    marque = f"{arguments[rang]} and not sqlite" if rang else "not sqlite"
    arguments = [*arguments, "-m", marque]
    print("Sur PostgreSQL :", " ".join(chemins), flush=True)
    with postgresql.serveur(programmes) as adresse:
        return _pytest(
            [*arguments, *chemins], DATABASE_URL=adresse, BINOME_POSTGRESQL=str(programmes)
        )


def main(arguments: list[str]) -> int:
    """Runs pytest on two processes, with the long tests only when asked."""
    longs, seul = "--long" in arguments, "--postgresql" in arguments
    reste = [argument for argument in arguments if argument not in {"--long", "--postgresql"}]
    a_temps = any(un.startswith("--temps") for un in reste)
    dit = longs or a_temps or any(un.startswith("-m") for un in reste)
    choix = [] if dit else ["-m", "not long"]
    processus = [] if any(un.startswith("-n") for un in reste) else ["-n2", "--dist=worksteal"]
    options = [*choix, *processus]
    if seul:
        ou = [un for un in reste if un.startswith("tests")]
        return sur_postgresql([*options, *(un for un in reste if un not in ou)], ou, exige=True)
    navigateur.preparer()
    preparer_age()
    rendu = _pytest([*options, *reste])
    if not reste:
        rendu = sur_postgresql(options, [], exige=False) or rendu
    return rendu


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
