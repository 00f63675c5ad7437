"""One file that holds everything: the database as it was at one instant, the shelves, the stores.

Each is a part of a container (`conteneur.py`): `fichiers.tar`, `base.tar` (a whole SQLite file, or one file
a table as PostgreSQL's COPY writes it), one part a store, then `manifeste.json`, which names every file with
its SHA-256. Taken while the site runs: the database is a snapshot, and files are never changed once shelved.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tarfile
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple

from django.conf import settings
from django.db import connection, transaction

from binome import __version__
from binome.ecriture import entier
from binome.socle import cles_de_sauvegarde, emports, suivi_de_sauvegarde
from binome.socle.conteneur import ArchiveImpossible, Conteneur
from binome.socle.transit import place_a_part

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

__all__ = ("BASE", "ArchiveImpossible", "ContenuDArchive", "compter", "sauvegarder", "tables")

MANIFESTE: Final = "manifeste.json"
BASE: Final = "base.sqlite3"


class ContenuDArchive(NamedTuple):
    """What an archive holds: rows, files of the shelves, its size in bytes, and how it is kept.

    `inconnus` are the folders that no room declares, which are not saved.
    """

    lignes: int
    fichiers: int
    octets: int
    chiffree: bool = False
    signee: bool = False
    inconnus: tuple[str, ...] = ()


class Cles(NamedTuple):
    """Whom a backup is encrypted for, and who signs it; neither, for one in clear."""

    destinataires: list[Any]
    signature: Ed25519PrivateKey | None


CLES_MANQUENT: Final = (
    "il manque {}, et une sauvegarde en clair livre toutes les données à qui la trouve. "
    "Faites les clés avec « binome sauvegarde-cles » (voir docs/exploitation.md), ou ajoutez --en-clair "
    "si ce fichier ne quitte pas un disque chiffré."
)


def cles(*, en_clair: bool = False) -> Cles:
    """The keys that the settings give. Raises ArchiveImpossible when one is missing, unless said or in a demonstration."""
    signe = settings.SAUVEGARDE_SIGNATURE
    signature = cles_de_sauvegarde.signature(Path(signe)) if signe else None
    if en_clair:
        return Cles([], signature)
    donnees = cles_de_sauvegarde.destinataires(settings.SAUVEGARDE_DESTINATAIRES)
    manquent = [] if donnees else ["BINOME_SAUVEGARDE_DESTINATAIRE"]
    manquent += [] if signature is not None else ["BINOME_SAUVEGARDE_SIGNATURE"]
    if manquent and not (settings.DEMONSTRATION and len(manquent) == 2):
        raise ArchiveImpossible(CLES_MANQUENT.format(" et ".join(manquent)))
    return Cles(donnees, signature)


def migrations_faites() -> list[list[str]]:
    """The migrations that the database has been through."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
        return [list(ligne) for ligne in curseur.fetchall()]


def tables() -> list[str]:
    """Every table of the database, by name."""
    return sorted(nom for nom in connection.introspection.table_names() if "sqlite_" not in nom)


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
        noms = [
            nom for (nom,) in cible.execute("SELECT name FROM sqlite_master WHERE type='table'")
        ]
        lignes = {
            nom: int(cible.execute(f'SELECT count(*) FROM "{nom}"').fetchone()[0])  # noqa: S608 - our own tables
            for nom in noms
            if not nom.startswith("sqlite_")
        }
        faites = cible.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
        migrations = [list(faite) for faite in faites]
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


class _Suivi:
    """Reads a file, and knows its SHA-256."""

    def __init__(self, fichier: IO[bytes]) -> None:
        self._fichier, self._somme = fichier, hashlib.sha256()

    def read(self, octets: int = -1) -> bytes:
        lus = self._fichier.read(octets)
        self._somme.update(lus)
        return lus

    @property
    def empreinte(self) -> str:
        return self._somme.hexdigest()


def _ranger(flux: Any, fichiers: Iterable[tuple[str, Path]]) -> dict[str, str]:
    """Writes files as a tar, as it flows; the SHA-256 of each. One that was erased meanwhile is left."""
    empreintes = {}
    with tarfile.open(fileobj=flux, mode="w|", format=tarfile.GNU_FORMAT) as tar:
        for nom, chemin in fichiers:
            try:
                fichier = chemin.open("rb")
            except FileNotFoundError:
                continue
            with fichier:
                membre, suivi = tarfile.TarInfo(nom), _Suivi(fichier)
                membre.size, membre.mode = chemin.stat().st_size, 0o600
                tar.addfile(membre, suivi)
            empreintes[nom] = suivi.empreinte
    return empreintes


def _dans(dossier: Path, prefixe: str) -> list[tuple[str, Path]]:
    return [(f"{prefixe}/{chemin.name}", chemin) for chemin in sorted(dossier.iterdir())]


def sauvegarder(archive: Path, *, en_clair: bool = False) -> ContenuDArchive:
    """Writes everything in one file, whole or not at all. Raises ArchiveImpossible, OSError.

    It is encrypted and signed by the keys of the settings; `en_clair` does without encryption.
    """
    if archive.exists():
        raise ArchiveImpossible(f"{archive} existe déjà : donnez un autre nom.")
    destinataires, signature = cles(en_clair=en_clair)
    le = datetime.now(UTC).isoformat(timespec="seconds")
    with place_a_part() as place, entier(archive) as fichier:
        conteneur = Conteneur(fichier, destinataires)
        empreintes: dict[str, str] = {}
        copie = place / "base"
        copie.mkdir()
        sqlite = connection.vendor == "sqlite"
        base = _copier_sqlite(copie) if sqlite else _copier_postgresql(copie)
        # The database first: a file that it names was shelved before, and is still there.
        with conteneur.partie("base.tar") as flux:
            empreintes |= _ranger(flux, _dans(copie, "base"))
        shutil.rmtree(copie)
        with conteneur.partie("fichiers.tar") as flux:
            rayons = _ranger(flux, emports.fichiers_des_rayons())
        for reserve in emports.reserves():
            copie = place / reserve.nom
            copie.mkdir()
            reserve.copier(copie)
            with conteneur.partie(f"{reserve.nom}.tar") as flux:
                empreintes |= _ranger(flux, _dans(copie, reserve.nom))
        manifeste = {"fait_le": le, **base, "fichiers": {**empreintes, **rayons}}
        with conteneur.partie(MANIFESTE) as flux:
            flux.write(json.dumps(manifeste, ensure_ascii=False, indent=1).encode())
        dit = {"fait_le": le, "adresse": settings.ADRESSE, "version": __version__}
        conteneur.clore(dit, signature)
    suivi_de_sauvegarde.noter()
    return ContenuDArchive(
        sum(base["lignes"].values()),
        len(rayons),
        archive.stat().st_size,
        bool(destinataires),
        signature is not None,
        emports.rayons_inconnus(),
    )
