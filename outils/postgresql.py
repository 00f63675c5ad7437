"""A private PostgreSQL for the tests: made in a temporary folder, spoken to by a socket, thrown away."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from outils.paquets import installer

if TYPE_CHECKING:
    from collections.abc import Iterator

MODELE = "modele"
COMPTES = ("postgres", "nobody")
"""Who runs it when the tests are root's: PostgreSQL refuses to be."""
VITE = "fsync=off\nsynchronous_commit=off\nfull_page_writes=off\n"
"""Nothing here is worth keeping."""
PRIVE = "listen_addresses=''\nunix_socket_directories='{dossier}'\nmax_connections=250\n"


def programmes() -> Path | None:
    """The folder of Debian's newest PostgreSQL, or of the one on the path; None when there is none."""

    def version(dossier: Path) -> float:
        try:
            return float(dossier.parent.name)
        except ValueError:
            return 0

    connus = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=version)
    for dossier in reversed(connus):
        if (dossier / "initdb").exists():
            return dossier
    trouve = shutil.which("initdb")
    return Path(trouve).resolve().parent if trouve else None


def obtenir() -> Path | None:
    """The programs, installed first when root may; None, said loudly, when they cannot be."""
    trouves = programmes()
    if trouves is None and installer("postgresql"):
        trouves = programmes()
    if trouves is None:
        print(
            "ATTENTION : sans PostgreSQL, les essais n’ont couru que sur SQLite. "
            "Installez le paquet « postgresql » puis relancez.",
            flush=True,
        )
    return trouves


def _compte() -> pwd.struct_passwd | None:
    """Who runs it: oneself, unless one is root."""
    if os.geteuid() != 0:
        return None
    for nom in COMPTES:
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(nom)
    raise SystemExit("PostgreSQL refuse de tourner en root, et aucun autre compte n’existe ici.")


class Grappe:
    """A private cluster: its address, its folder, and what an operator does to it."""

    def __init__(self, bin_: Path) -> None:
        self._bin = bin_
        # Not under TMPDIR: the path of a socket may not pass a hundred characters.
        self.dossier = Path(tempfile.mkdtemp(prefix="binome-pg-", dir="/tmp"))
        self.donnees = self.dossier / "donnees"
        compte = _compte()
        self._qui: dict[str, Any] = {}
        if compte is not None:
            os.chown(self.dossier, compte.pw_uid, compte.pw_gid)
            self._qui = {"user": compte.pw_uid, "group": compte.pw_gid, "extra_groups": []}

    def adresse(self, *, role: str = "binome", base: str = "binome") -> str:
        """The DATABASE_URL of a role and of a database of the cluster."""
        return f"postgresql://{role}@/{base}?host={self.dossier}"

    def lancer(self, programme: str, *mots: str, exige: bool = True) -> None:
        """Runs one of PostgreSQL's programs as its account. Raises SystemExit when it must do well."""
        fait = subprocess.run(
            [str(self._bin / programme), *mots],
            cwd=self.dossier,
            env={**os.environ, "LC_ALL": "C.UTF-8", "HOME": str(self.dossier)},
            capture_output=True,
            text=True,
            check=False,
            **self._qui,
        )
        if exige and fait.returncode:
            raise SystemExit(f"PostgreSQL : {programme} a échoué :\n{fait.stdout}{fait.stderr}")

    def commander(self, *mots: str, exige: bool = True) -> None:
        """`pg_ctl`: start, stop, restart."""
        journal = ("-l", str(self.dossier / "journal"))
        self.lancer("pg_ctl", "-D", str(self.donnees), "-w", "-t", "60", *journal, *mots, exige=exige)  # fmt: skip

    def preparer(self) -> None:
        """Makes the cluster, starts it, and makes its database."""
        self.lancer("initdb", "-D", str(self.donnees), "-U", "binome", "-A", "trust",
                    "-E", "UTF8", "--no-sync", "--locale=C.UTF-8")  # fmt: skip
        with (self.donnees / "postgresql.conf").open("a", encoding="utf-8") as reglages:
            reglages.write(VITE + PRIVE.format(dossier=self.dossier))
        self.commander("start")
        self.lancer("createdb", "-h", str(self.dossier), "-U", "binome", "binome")


@contextlib.contextmanager
def grappe(bin_: Path) -> Iterator[Grappe]:
    """A cluster that lives as long as the block, and stops whatever happens."""
    une = Grappe(bin_)
    try:
        try:
            une.preparer()
            yield une
        finally:
            une.commander("-m", "immediate", "stop", exige=False)
    finally:
        shutil.rmtree(une.dossier, ignore_errors=True)


@contextlib.contextmanager
def serveur(bin_: Path) -> Iterator[str]:
    """The DATABASE_URL of a cluster that lives as long as the block."""
    with grappe(bin_) as une:
        yield une.adresse()


@contextlib.contextmanager
def pour_les_tests(bin_: Path) -> Iterator[dict[str, str]]:
    """The environment of tests on a cluster that lives as long as the block: its address, its programs, its model."""
    with grappe(bin_) as une:
        _preparer_le_modele(une)
        yield {
            "DATABASE_URL": une.adresse(),
            "BINOME_POSTGRESQL": str(bin_),
            "ESSAIS_MODELE": MODELE,
        }


def _preparer_le_modele(une: Grappe) -> None:
    """A database whose migrations are played once: each process of the tests copies it. Raises SystemExit."""
    une.lancer("createdb", "-h", str(une.dossier), "-U", "binome", MODELE)
    with tempfile.TemporaryDirectory() as donnees:
        fait = subprocess.run(
            [sys.executable, "-m", "django", "migrate", "-v0"],
            env={
                **os.environ,
                "DATABASE_URL": une.adresse(base=MODELE),
                "DJANGO_SETTINGS_MODULE": "binome.socle.reglages",
                "BINOME_DEMONSTRATION": "1",
                "BINOME_DONNEES": donnees,
            },
            check=False,
        )
    if fait.returncode:
        raise SystemExit("PostgreSQL : les migrations n’ont pas été jouées jusqu’au bout.")
