"""Migrations can be taken back, on an engine as on another."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from django.contrib.postgres.operations import CreateExtension
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.test.utils import CaptureQueriesContext

if TYPE_CHECKING:
    from pathlib import Path

ALLER_ET_RETOUR = """
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

def tables():
    with connection.cursor() as curseur:
        curseur.execute("SELECT name, sql FROM sqlite_master ORDER BY name")
        return curseur.fetchall()

call_command("migrate", verbosity=0)
avant = tables()
retour = MigrationExecutor(connection)
retour.migrate([(une, None) for une in sorted({une for une, _ in retour.loader.disk_migrations})])
assert connection.introspection.table_names() == ["django_migrations"]
call_command("migrate", verbosity=0)
assert tables() == avant
print(len(avant))
"""
"""From nothing to today's tables, back to nothing, and there again."""


@pytest.mark.sqlite
@pytest.mark.django_db
def test_une_extension_ne_demande_rien_a_sqlite() -> None:
    extensions = [
        (application, une)
        for (application, _), migration in MigrationLoader(None).disk_migrations.items()
        for une in migration.operations
        if isinstance(une, CreateExtension)
    ]
    assert extensions
    editeur, etat = connection.schema_editor(), ProjectState()
    with CaptureQueriesContext(connection) as ordres:
        for application, une in extensions:
            une.database_forwards(application, editeur, etat, etat)
            une.database_backwards(application, editeur, etat, etat)
    assert list(ordres) == []


@pytest.mark.long(15)
@pytest.mark.sqlite
def test_toutes_les_migrations_se_reprennent(tmp_path: Path) -> None:
    environnement = {
        **os.environ,
        "BINOME_DONNEES": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "binome.socle.reglages",
    }
    fini = subprocess.run(
        [sys.executable, "-c", ALLER_ET_RETOUR],
        env=environnement,
        capture_output=True,
        text=True,
        check=False,
    )
    assert fini.returncode == 0, fini.stderr
    assert int(fini.stdout) > 100
