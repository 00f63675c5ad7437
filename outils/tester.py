"""`./binome test`: the whole suite, then again on PostgreSQL what PostgreSQL does its own way.

That is what bears `@pytest.mark.postgresql`: constraints, triggers, locks, races, roles, searches, backups.
`--postgresql` plays there, and there alone, all that touches the database; `--long` adds what takes minutes,
to both; `--temps 300` plays only the long tests that fit in so many seconds. Other words go to pytest, and
then only SQLite is tried.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from outils import navigateur, postgresql
from outils.paquets import installer

PROCESSUS = 3
"""On two cores: a test that waits for a browser, a terminal or a clock leaves its core to another."""
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
    "tests/epreuves",
    "tests/livret",
    "tests/matrice",
    "tests/parcours",
    "tests/pieces",
    "tests/presences",
    "tests/reseau",
    "tests/sessions",
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
    # Rewriting the assertions of every file costs five seconds in each process: it is kept from one to the next.
    environnement.pop("PYTHONDONTWRITEBYTECODE", None)
    commande = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.run(commande, env=environnement, check=False).returncode


def marques() -> list[str]:
    """The files that hold what PostgreSQL does its own way."""
    return [
        str(un)
        for un in sorted(Path("tests").rglob("test_*.py"))
        if "pytest.mark.postgresql" in un.read_text(encoding="utf-8")
    ]


def dossiers() -> list[str]:
    """The folders whose tests touch the database, and what bears the mark in the others."""
    ou = [un for un in SUR_POSTGRESQL if Path(un).is_dir()]
    return [*ou, *(un for un in marques() if not un.startswith(tuple(f"{une}/" for une in ou)))]


def sur_postgresql(
    arguments: list[str], ou: list[str], environnement: dict[str, str], *, propre: bool = False
) -> int:
    """Runs the tests on a private PostgreSQL, whose address is in `environnement`.

    `propre`: only what PostgreSQL does its own way.
    """
    if propre:
        chemins, choisis = marques(), "postgresql and not sqlite"
    else:
        chemins, choisis = ou or dossiers(), "not sqlite"
    # The last -m wins: what says nothing of PostgreSQL is left out, with the long tests or without.
    rang = arguments.index("-m") + 1 if "-m" in arguments else 0
    arguments = [*arguments, "-m", f"{arguments[rang]} and {choisis}" if rang else choisis]
    print("Sur PostgreSQL :", "ce qui lui est propre" if propre else " ".join(chemins), flush=True)
    return _pytest([*arguments, *chemins], **environnement)


def sur_les_deux(options: list[str], *, propre: bool) -> int:
    """Runs all on SQLite, then on PostgreSQL, made ready meanwhile: it takes one core for ten seconds."""
    programmes = postgresql.obtenir()
    if programmes is None:
        return _pytest(options)
    with ExitStack() as pile:
        serveur = postgresql.pour_les_tests(programmes)
        with ThreadPoolExecutor(1) as fil:
            pret = fil.submit(pile.enter_context, serveur)
            rendu = _pytest(options)
        return sur_postgresql(options, [], pret.result(), propre=propre) or rendu


def main(arguments: list[str]) -> int:
    """Runs pytest on three processes, with the long tests only when asked."""
    longs, seul = "--long" in arguments, "--postgresql" in arguments
    reste = [argument for argument in arguments if argument not in {"--long", "--postgresql"}]
    a_temps = any(un.startswith("--temps") for un in reste)
    dit = longs or a_temps or any(un.startswith("-m") for un in reste)
    choix = [] if dit else ["-m", "not long"]
    processus = (
        [] if any(un.startswith("-n") for un in reste) else [f"-n{PROCESSUS}", "--dist=worksteal"]
    )
    options = [*choix, *processus]
    if seul:
        ou = [un for un in reste if un.startswith("tests")]
        programmes = postgresql.obtenir()
        if programmes is None:
            return 1
        with postgresql.pour_les_tests(programmes) as environnement:
            autres = [un for un in reste if un not in ou]
            return sur_postgresql([*options, *autres], ou, environnement)
    navigateur.preparer()
    preparer_age()
    return _pytest([*options, *reste]) if reste else sur_les_deux(options, propre=not longs)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
