"""A private PostgreSQL for the tests: made in a temporary folder, spoken to by a socket, thrown away."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from outils.paquets import installer

if TYPE_CHECKING:
    from collections.abc import Iterator

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


@contextlib.contextmanager
def serveur(bin_: Path) -> Iterator[str]:
    """A cluster that lives as long as the block: gives its DATABASE_URL, and stops whatever happens."""
    # Not under TMPDIR: the path of a socket may not pass a hundred characters.
    dossier = Path(tempfile.mkdtemp(prefix="binome-pg-", dir="/tmp"))
    compte = _compte()
    qui = {}
    if compte is not None:
        os.chown(dossier, compte.pw_uid, compte.pw_gid)
        qui = {"user": compte.pw_uid, "group": compte.pw_gid, "extra_groups": []}
    donnees = dossier / "donnees"
    env = {**os.environ, "LC_ALL": "C.UTF-8", "HOME": str(dossier)}

    def lancer(*mots: str, exige: bool = True) -> None:
        fait = subprocess.run(
            mots, cwd=dossier, env=env, capture_output=True, text=True, check=False, **qui
        )
        if exige and fait.returncode:
            raise SystemExit(f"PostgreSQL n’a pas démarré :\n{fait.stdout}{fait.stderr}")

    try:
        lancer(str(bin_ / "initdb"), "-D", str(donnees), "-U", "binome", "-A", "trust",
               "-E", "UTF8", "--no-sync", "--locale=C.UTF-8")  # fmt: skip
        with (donnees / "postgresql.conf").open("a", encoding="utf-8") as reglages:
            reglages.write(VITE + PRIVE.format(dossier=dossier))
        ctl = (str(bin_ / "pg_ctl"), "-D", str(donnees), "-w", "-t", "60")
        lancer(*ctl, "-l", str(dossier / "journal"), "start")
        try:
            lancer(str(bin_ / "createdb"), "-h", str(dossier), "-U", "binome", "binome")
            yield f"postgresql://binome@/binome?host={dossier}"
        finally:
            lancer(*ctl, "-m", "immediate", "stop", exige=False)
    finally:
        shutil.rmtree(dossier, ignore_errors=True)
