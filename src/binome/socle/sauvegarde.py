"""One file that holds everything: the database as it was at one instant, and the shelves.

The archive is a tar: `manifeste.json` first, then the database (a whole SQLite file, or one file a table
as PostgreSQL's COPY writes it), then the files of the shelves. Each is named in the manifest with its
SHA-256. Taken while the site runs: the database is a snapshot, and files are never changed once shelved.
"""

from __future__ import annotations

import hashlib
import json
import tarfile
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.conf import settings
from django.db import connection, transaction

from binome.ecriture import PARTIEL, entier

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMAT: Final = 1
MANIFESTE: Final = "manifeste.json"
BASE: Final = "base.sqlite3"
RAYONS: Final = ("pieces", "lettres", "quarantaine")
"""The folders of MEDIA_ROOT that are kept; what the API works on is not."""
BLOC: Final = 1 << 20


class Impossible(Exception):
    """A backup or a restoration that cannot be; its message is for the operator."""


class Bilan(NamedTuple):
    """What an archive holds: rows, files of the shelves, and its size in bytes."""

    lignes: int
    fichiers: int
    octets: int


def empreinte_de(chemin: Path) -> str:
    """The SHA-256 of a file, read by blocks."""
    somme = hashlib.sha256()
    with chemin.open("rb") as fichier:
        while bloc := fichier.read(BLOC):
            somme.update(bloc)
    return somme.hexdigest()


def migrations_faites() -> list[list[str]]:
    """The migrations that the database has been through."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
        return [list(ligne) for ligne in curseur.fetchall()]


def tables() -> list[str]:
    """Every table of the database, by name."""
    return sorted(un for un in connection.introspection.table_names() if "sqlite_" not in un)


def compter() -> dict[str, int]:
    """How many rows each table has."""
    comptes = {}
    with connection.cursor() as curseur:
        for table in tables():
            curseur.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608 - our own tables
            comptes[table] = int(curseur.fetchone()[0])
    return comptes


def _copier_sqlite(dossier: Path) -> dict[str, Any]:
    """A copy of the SQLite file at one instant, writers notwithstanding."""
    import sqlite3  # noqa: PLC0415 - only one of the two databases needs it

    connection.ensure_connection()
    copie = dossier / BASE
    with sqlite3.connect(copie) as cible:
        connection.connection.backup(cible)
        cible.execute("PRAGMA journal_mode=DELETE")
        noms = [un for (un,) in cible.execute("SELECT name FROM sqlite_master WHERE type='table'")]
        lignes = {
            nom: int(cible.execute(f'SELECT count(*) FROM "{nom}"').fetchone()[0])  # noqa: S608 - our own tables
            for nom in noms
            if not nom.startswith("sqlite_")
        }
        faites = cible.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
        migrations = [list(une) for une in faites]
    cible.close()
    return {"moteur": "sqlite", "lignes": lignes, "migrations": migrations, "colonnes": {}}


ECRITES: Final = (
    "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() "
    "AND table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position"
)
"""The columns that are written: the database works the others out by itself."""


def _copier_postgresql(dossier: Path) -> dict[str, Any]:
    """Each table as COPY writes it, all of one instant."""
    lignes, colonnes = {}, {}
    with transaction.atomic():
        with connection.cursor() as curseur:
            curseur.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        lignes = compter()
        with connection.cursor() as curseur:
            for table in lignes:
                curseur.execute(ECRITES, [table])
                colonnes[table] = [nom for (nom,) in curseur.fetchall()]
                champs = ", ".join(map(connection.ops.quote_name, colonnes[table]))
                nom = connection.ops.quote_name(table)
                with (
                    (dossier / f"{table}.copy").open("wb") as fichier,
                    curseur.cursor.copy(f"COPY {nom} ({champs}) TO STDOUT") as flux,
                ):
                    for morceau in flux:
                        fichier.write(morceau)
        migrations = migrations_faites()
    return {
        "moteur": "postgresql", "lignes": lignes, "migrations": migrations, "colonnes": colonnes,
    }  # fmt: skip


def _des_rayons() -> Iterator[tuple[str, Path]]:
    racine = Path(settings.MEDIA_ROOT)
    for rayon in RAYONS:
        if (racine / rayon).is_dir():
            for chemin in sorted((racine / rayon).iterdir()):
                if chemin.is_file() and chemin.suffix != PARTIEL:
                    yield f"fichiers/{rayon}/{chemin.name}", chemin


def sauvegarder(archive: Path) -> Bilan:
    """Writes everything in one file, whole or not at all. Raises Impossible, OSError."""
    if archive.exists():
        raise Impossible(f"{archive} existe déjà : donnez un autre nom.")
    with tempfile.TemporaryDirectory(dir=archive.parent, prefix=".sauvegarde-") as place:
        dossier = Path(place)
        sqlite = connection.vendor == "sqlite"
        base = _copier_sqlite(dossier) if sqlite else _copier_postgresql(dossier)
        # The database first: a file that it names was shelved before, and is still there.
        gardes = [(f"base/{un.name}", un) for un in sorted(dossier.iterdir())]
        gardes += list(_des_rayons())
        manifeste = {
            "format": FORMAT,
            "fait_le": datetime.now(UTC).isoformat(timespec="seconds"),
            **base,
            "fichiers": {nom: empreinte_de(chemin) for nom, chemin in gardes},
        }
        decrit = dossier / MANIFESTE
        decrit.write_text(json.dumps(manifeste, ensure_ascii=False, indent=1), encoding="utf-8")
        with entier(archive) as fichier, tarfile.open(fileobj=fichier, mode="w") as tar:
            tar.add(decrit, MANIFESTE)
            for nom, chemin in gardes:
                tar.add(chemin, nom)
    rayons = sum(nom.startswith("fichiers/") for nom in manifeste["fichiers"])
    return Bilan(sum(base["lignes"].values()), rayons, archive.stat().st_size)
