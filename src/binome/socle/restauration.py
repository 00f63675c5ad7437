"""Putting an archive back into an empty machine: checked whole before anything is written."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from binome.ecriture import entier
from binome.socle import emports
from binome.socle.conteneur import BLOC, ArchiveImpossible
from binome.socle.lecture_de_sauvegarde import ArchiveLisible, OuvertureDArchive, attendue, ouvrir
from binome.socle.mise_a_jour import mettre_a_jour
from binome.socle.sauvegarde import ContenuDArchive, compter, tables
from binome.socle.transit import place_a_part

if TYPE_CHECKING:
    from collections.abc import Iterable

VIDES: Final = ("comptes_personne", "dossiers_dossier", "journal_entree")
"""The tables that say whether a database has served."""


def _refuser_si_servie() -> None:
    presentes = set(tables())
    with connection.cursor() as curseur:
        for table in VIDES:
            if table not in presentes:
                continue
            curseur.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608 - our own tables
            if curseur.fetchone()[0]:
                raise ArchiveImpossible(
                    "Cette base a déjà servi : une sauvegarde ne se restaure que dans une base vide "
                    "(BINOME_DONNEES ou DATABASE_URL)."
                )
    for reserve in emports.reserves():
        if not reserve.vide():
            raise ArchiveImpossible(
                f"Cette machine a déjà une réserve « {reserve.nom} » qui n’est pas vide : mettez-la de côté, "
                "ou donnez un autre lieu (docs/exploitation.md)."
            )


def _refuser_si_plus_recente(migrations: Iterable[Iterable[str]]) -> None:
    connues = set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
    if inconnues := {tuple(faite) for faite in migrations} - connues:
        application, nom = sorted(inconnues)[0]
        raise ArchiveImpossible(
            f"Cette sauvegarde vient d’une version plus récente de Binôme ({application}, {nom}) : "
            "installez cette version d’abord."
        )


def restaurer(archive: Path, ouverture: OuvertureDArchive) -> ContenuDArchive:
    """Puts everything back, the database last. Raises ArchiveImpossible, OSError."""
    source = ouvrir(archive, ouverture)
    manifeste = source.manifeste
    if manifeste["moteur"] != connection.vendor:
        raise ArchiveImpossible(
            f"Cette sauvegarde vient de {manifeste['moteur']} ; cette base est {connection.vendor}."
        )
    _refuser_si_plus_recente(manifeste["migrations"])
    _refuser_si_servie()
    racine = Path(settings.MEDIA_ROOT)
    if attendue(source, "fichiers"):
        for nom, flux in source.membres("fichiers"):
            _deposer(source, nom, flux, racine / nom.removeprefix("fichiers/"))
    remettre_les_reserves(source)
    if connection.vendor == "sqlite":
        _remettre_sqlite(source)
    else:
        _remettre_postgresql(source)
    mettre_a_jour()
    lues = compter()
    for table, attendues in manifeste["lignes"].items():
        if table != "django_migrations" and lues.get(table) != attendues:
            raise ArchiveImpossible(f"La table {table} n’a pas retrouvé ses {attendues} lignes.")
    rayons = sum(nom.startswith("fichiers/") for nom in manifeste["fichiers"])
    return ContenuDArchive(sum(manifeste["lignes"].values()), rayons, archive.stat().st_size)


def remettre_les_reserves(source: ArchiveLisible) -> None:
    """Puts back what is kept outside the database, before the database that needs it."""
    for reserve in emports.reserves():
        if attendue(source, reserve.nom):
            with place_a_part() as place:
                for nom, flux in source.membres(reserve.nom):
                    _deposer(source, nom, flux, place / nom.removeprefix(f"{reserve.nom}/"))
                reserve.remettre(place)


def _recopier(source: ArchiveLisible, nom: str, flux: IO[bytes], cible: Any) -> None:
    """Writes a file of the archive, as it was checked. Raises ArchiveImpossible when it changed since."""
    somme = hashlib.sha256()
    while bloc := flux.read(BLOC):
        somme.update(bloc)
        cible.write(bloc)
    if somme.hexdigest() != source.manifeste["fichiers"].get(nom):
        raise ArchiveImpossible(
            "L’archive a changé pendant la restauration : videz la base, puis recommencez."
        )


def _deposer(source: ArchiveLisible, nom: str, flux: IO[bytes], cible: Path) -> None:
    cible.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with entier(cible) as fichier:
        _recopier(source, nom, flux, fichier)


def _remettre_sqlite(source: ArchiveLisible) -> None:
    chemin = Path(str(connection.settings_dict["NAME"]))
    connection.close()
    for suffixe in ("-wal", "-shm"):
        chemin.with_name(chemin.name + suffixe).unlink(missing_ok=True)
    for nom, flux in source.membres("base"):
        _deposer(source, nom, flux, chemin)


def _remettre_postgresql(source: ArchiveLisible) -> None:
    """Every table in one transaction, its foreign keys checked at the end."""
    mettre_a_jour()
    nommer = connection.ops.quote_name
    with transaction.atomic(), connection.cursor() as curseur:
        presentes = set(tables()) - {"django_migrations"}
        curseur.execute("SET CONSTRAINTS ALL DEFERRED")
        for nom, flux in source.membres("base"):
            table = nom.removeprefix("base/").removesuffix(".copy")
            if table not in presentes:
                continue
            # What migrations write by themselves gives way to what was saved.
            curseur.execute(f"DELETE FROM {nommer(table)}")  # noqa: S608 - our own tables
            champs = ", ".join(map(nommer, source.manifeste["colonnes"][table]))
            with curseur.cursor.copy(f"COPY {nommer(table)} ({champs}) FROM STDIN") as copie:
                _recopier(source, nom, flux, copie)
        for ordre in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            curseur.execute(ordre)
