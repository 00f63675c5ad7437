"""The SQLite database of the tests, made from the models at once: the migrations, one by one, end the same.

A test of `--long` compares the two (tests/socle/test_tables_d_essai.py). PostgreSQL plays the migrations
at each run.
"""

from __future__ import annotations

from importlib import import_module

from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

AJOUT_SEUL = import_module("binome.journal.migrations.0002_ajout_seul")
RACINES_GARDEES = import_module("binome.journal.migrations.0007_racines_gardees")
MILLESIMES_GARDES = import_module("binome.donnees_ouvertes.migrations.0002_millesimes_gardes")
RELEVES_GARDES = import_module("binome.pilotage.migrations.0002_releves_gardes")
"""What lays the triggers that no model tells of."""


def completer() -> None:
    """Adds to the tables what the migrations alone make: triggers, and the register of themselves."""
    with connection.schema_editor() as editeur:
        AJOUT_SEUL.poser(apps, editeur)
        RACINES_GARDEES.poser(apps, editeur)
        MILLESIMES_GARDES.poser(apps, editeur)
        RELEVES_GARDES.poser(apps, editeur)
    registre = MigrationRecorder(connection)
    registre.ensure_schema()
    for application, nom in sorted(MigrationLoader(None).disk_migrations):
        registre.record_applied(application, nom)
