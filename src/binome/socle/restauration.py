"""Putting an archive back into an empty machine: checked whole before anything is written."""

from __future__ import annotations

import hashlib
import json
import re
import tarfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from binome.ecriture import entier
from binome.socle.sauvegarde import (
    BASE,
    BLOC,
    FORMAT,
    MANIFESTE,
    RAYONS,
    Bilan,
    Impossible,
    compter,
    tables,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

NOM: Final = re.compile(
    rf"base/(?:{re.escape(BASE)}|\w+\.copy)|fichiers/(?:{'|'.join(RAYONS)})/[0-9a-f]{{40}}\.\w{{2,4}}"
)
"""The only names an archive may hold: none climbs out of its folder."""
VIDES: Final = ("comptes_personne", "dossiers_dossier", "journal_entree")
"""The tables that say whether a database has served."""


def lire_manifeste(archive: Path) -> dict[str, Any]:
    """What an archive says it holds, every file checked against it. Raises Impossible."""
    abimee = Impossible(f"{archive} est abîmée ou n’est pas une sauvegarde : rien n’est restauré.")
    try:
        with tarfile.open(archive, "r:") as tar:
            premier = tar.next()
            if premier is None or premier.name != MANIFESTE:
                raise abimee
            manifeste: dict[str, Any] = json.loads(_flux(tar, premier).read())
            lues = {}
            for membre in tar:
                if membre.name == MANIFESTE:
                    continue
                if not membre.isreg() or not NOM.fullmatch(membre.name):
                    raise abimee
                somme, flux = hashlib.sha256(), _flux(tar, membre)
                while bloc := flux.read(BLOC):
                    somme.update(bloc)
                lues[membre.name] = somme.hexdigest()
    except (tarfile.TarError, ValueError, EOFError, OSError) as erreur:
        raise abimee from erreur
    if manifeste.get("format") != FORMAT or lues != manifeste.get("fichiers"):
        raise abimee
    return manifeste


def _flux(tar: tarfile.TarFile, membre: tarfile.TarInfo) -> Any:
    flux = tar.extractfile(membre)
    if flux is None:
        raise tarfile.TarError(membre.name)
    return flux


def _refuser_si_servie() -> None:
    presentes = set(tables())
    with connection.cursor() as curseur:
        for table in VIDES:
            if table not in presentes:
                continue
            curseur.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608 - our own tables
            if curseur.fetchone()[0]:
                raise Impossible(
                    "Cette base a déjà servi : une sauvegarde ne se restaure que dans une base vide "
                    "(BINOME_DONNEES ou DATABASE_URL)."
                )


def _refuser_si_plus_recente(migrations: Iterable[Iterable[str]]) -> None:
    connues = set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
    if inconnues := {tuple(une) for une in migrations} - connues:
        application, nom = sorted(inconnues)[0]
        raise Impossible(
            f"Cette sauvegarde vient d’une version plus récente de Binôme ({application}, {nom}) : "
            "installez cette version d’abord."
        )


def restaurer(archive: Path) -> Bilan:
    """Puts everything back, the database last. Raises Impossible, OSError."""
    manifeste = lire_manifeste(archive)
    if manifeste["moteur"] != connection.vendor:
        raise Impossible(
            f"Cette sauvegarde vient de {manifeste['moteur']} ; cette base est {connection.vendor}."
        )
    _refuser_si_plus_recente(manifeste["migrations"])
    _refuser_si_servie()
    racine = Path(settings.MEDIA_ROOT)
    with tarfile.open(archive, "r:") as tar:
        for membre in tar:
            if membre.name.startswith("fichiers/"):
                _deposer(tar, membre, racine / membre.name.removeprefix("fichiers/"))
        if connection.vendor == "sqlite":
            _remettre_sqlite(tar)
        else:
            _remettre_postgresql(tar, manifeste)
    call_command("migrate", interactive=False, verbosity=0)
    lues = compter()
    for table, attendues in manifeste["lignes"].items():
        if table != "django_migrations" and lues.get(table) != attendues:
            raise Impossible(f"La table {table} n’a pas retrouvé ses {attendues} lignes.")
    rayons = sum(nom.startswith("fichiers/") for nom in manifeste["fichiers"])
    return Bilan(sum(manifeste["lignes"].values()), rayons, archive.stat().st_size)


def _deposer(tar: tarfile.TarFile, membre: tarfile.TarInfo, cible: Path) -> None:
    cible.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    flux = _flux(tar, membre)
    with entier(cible) as fichier:
        while bloc := flux.read(BLOC):
            fichier.write(bloc)


def _remettre_sqlite(tar: tarfile.TarFile) -> None:
    chemin = Path(str(connection.settings_dict["NAME"]))
    connection.close()
    for suffixe in ("-wal", "-shm"):
        chemin.with_name(chemin.name + suffixe).unlink(missing_ok=True)
    _deposer(tar, tar.getmember(f"base/{BASE}"), chemin)


def _remettre_postgresql(tar: tarfile.TarFile, manifeste: dict[str, Any]) -> None:
    """Every table in one transaction, its foreign keys checked at the end."""
    call_command("migrate", interactive=False, verbosity=0)
    nommer = connection.ops.quote_name
    with transaction.atomic(), connection.cursor() as curseur:
        presentes = set(tables())
        curseur.execute("SET CONSTRAINTS ALL DEFERRED")
        for table, colonnes in manifeste["colonnes"].items():
            if table not in presentes or table == "django_migrations":
                continue
            # What migrations write by themselves gives way to what was saved.
            curseur.execute(f"DELETE FROM {nommer(table)}")  # noqa: S608 - our own tables
            champs = ", ".join(map(nommer, colonnes))
            flux = _flux(tar, tar.getmember(f"base/{table}.copy"))
            with curseur.cursor.copy(f"COPY {nommer(table)} ({champs}) FROM STDIN") as copie:
                while bloc := flux.read(BLOC):
                    copie.write(bloc)
        for ordre in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            curseur.execute(ordre)
