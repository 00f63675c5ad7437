"""Whether the disk takes what is written, and the database answers, writes, and is up to date."""

from __future__ import annotations

import contextlib
import os
import tempfile
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.utils import load_backend

from binome.socle.empechements import LECTURE_SEULE, OCCUPEE, PLEIN, empechement
from binome.socle.sondes import MUETTE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.backends.base.base import BaseDatabaseWrapper

N_ECRIT_PAS: Final = "n’écrit pas"
ESSAI: Final = b"0" * 4096


def place_manque() -> bool:
    """Whether the disk of the data folder has less free than it must, bytes or files. Raises OSError."""
    etat = os.statvfs(settings.DONNEES)
    sans_numeros = etat.f_files > 0 and etat.f_favail < 1000
    return etat.f_bavail * etat.f_frsize < settings.PLACE_MINIMALE or sans_numeros


def disque() -> str:
    """What is wrong with the disk of the data folder; empty when it has room and takes a file."""
    try:
        if place_manque():
            return "presque plein"
        with tempfile.TemporaryFile(dir=settings.DONNEES) as fichier:
            fichier.write(ESSAI)
            fichier.flush()
    except OSError as erreur:
        return "plein" if empechement(erreur) is PLEIN else N_ECRIT_PAS
    return ""


@contextlib.contextmanager
def base_a_part() -> Iterator[BaseDatabaseWrapper]:
    """A connection of its own to the database, which gives up within a second.

    Neither the pool, which may be taken, nor the patience of the pages.
    """
    reglages: dict[str, Any] = {**connection.settings_dict}
    if connection.vendor == "sqlite":
        reglages["NAME"] = f"file:{quote(str(reglages['NAME']))}?mode=rw"
        reglages["OPTIONS"] = {"timeout": 0.2}
    else:
        bornes = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
        reglages["OPTIONS"] = {
            "connect_timeout": 2,
            "options": " ".join(f"-c {nom}=800" for nom in bornes),
        }
    une = load_backend(reglages["ENGINE"]).DatabaseWrapper(reglages, "sante")
    try:
        yield une
    finally:
        une.close()


def ecriture(base: BaseDatabaseWrapper) -> str:
    """What keeps the database from writing; empty when nothing does. Writes nothing itself."""
    with base.cursor() as curseur:
        if base.vendor == "postgresql":
            curseur.execute(
                "SELECT pg_is_in_recovery() OR current_setting('transaction_read_only')::bool"
            )
            return N_ECRIT_PAS if curseur.fetchone()[0] else ""
        try:
            curseur.execute("BEGIN IMMEDIATE")
            curseur.execute("ROLLBACK")
        except DatabaseError as erreur:
            # Someone else is writing: it writes.
            return "" if empechement(erreur) is OCCUPEE else N_ECRIT_PAS
    return ""


@cache
def _attendues() -> frozenset[tuple[str, str]]:
    """The migrations of this version."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


def _rang(nom: str) -> int:
    """The number that a migration's name starts with; zero without one."""
    debut = nom.partition("_")[0]
    return int(debut) if debut.isdecimal() else 0


def _en_avance(faites: set[tuple[str, str]]) -> bool:
    """Whether a newer version has been through: one of our rooms is past the last migration that we know of.

    Other libraries may rename or fold theirs, and a name alone says nothing of its age.
    """
    dernieres: dict[str, int] = {}
    for piece, nom in _attendues():
        dernieres[piece] = max(dernieres.get(piece, 0), _rang(nom))
    notres = {un.label for un in apps.get_app_configs() if un.name.startswith("binome.")}
    return any(
        piece in notres and _rang(nom) > dernieres.get(piece, 0)
        for piece, nom in faites - _attendues()
    )


PLUS_RECENTE: Final = "d’une version plus récente"


def migrations(base: BaseDatabaseWrapper) -> str:
    """Whether the database is of this version; empty when it is."""
    with base.cursor() as curseur:
        curseur.execute("SELECT app, name FROM django_migrations")
        faites = set(curseur.fetchall())
    if _en_avance(faites):
        return PLUS_RECENTE
    return "" if faites >= _attendues() else "à appliquer"


def refus(erreur: DatabaseError) -> str:
    """What a database that failed is, in words for the operator."""
    return N_ECRIT_PAS if empechement(erreur) is LECTURE_SEULE else MUETTE
