"""The tables of the tests are those that the migrations make, one by one."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SQLITE = {
    "colonnes": "SELECT m.name, c.name, c.type, c.\"notnull\", c.dflt_value, c.pk FROM sqlite_master m "
    "JOIN pragma_table_info(m.name) c WHERE m.type = 'table' ORDER BY m.name, c.name",
    "index": "SELECT m.name, i.name, i.\"unique\", (SELECT group_concat(name) FROM pragma_index_info(i.name)) "
    "FROM sqlite_master m JOIN pragma_index_list(m.name) i WHERE m.type = 'table' ORDER BY 1, 2",
    "clés": "SELECT m.name, c.\"from\", c.\"table\", c.\"to\" FROM sqlite_master m "
    "JOIN pragma_foreign_key_list(m.name) c WHERE m.type = 'table' ORDER BY 1, 2",
    "déclencheurs": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
}  # fmt: skip


def _sans_rang(dit: object) -> object:
    """SQLite numbers the indexes of unique columns in the order of the columns, which a migration that adds one moves."""
    return re.sub(r"^(sqlite_autoindex_\w+)_\d+$", r"\1", dit) if isinstance(dit, str) else dit


def _dire(curseur: Any) -> dict[str, list[tuple[object, ...]]]:
    dit = {}
    for nom, question in SQLITE.items():
        curseur.execute(question)
        lignes = [tuple(_sans_rang(un) for un in une) for une in curseur.fetchall()]
        gardees = [une for une in lignes if not str(une[0]).startswith(("atelier_", "sqlite_"))]
        dit[nom] = sorted(gardees, key=str)
    curseur.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name")
    dit["contraintes"] = sorted(
        (table, contrainte)
        for table, ordre in curseur.fetchall()
        for contrainte in re.findall(r'CONSTRAINT "(\w+)" CHECK', ordre)
        if not table.startswith("atelier_")
    )
    return dit


@pytest.fixture
def par_les_migrations(tmp_path: Path) -> Iterator[dict[str, list[tuple[object, ...]]]]:
    """What a base says of itself that the migrations made."""
    environnement = {nom: un for nom, un in os.environ.items() if nom != "DJANGO_SETTINGS_MODULE"}
    subprocess.run(
        [sys.executable, "-m", "binome", "base", "migrer"],
        env={**environnement, "BINOME_DONNEES": str(tmp_path)},
        check=True,
        capture_output=True,
    )
    with closing(sqlite3.connect(tmp_path / "binome.sqlite3")) as base:
        yield _dire(base.cursor())


@pytest.mark.long(6)
@pytest.mark.sqlite
@pytest.mark.django_db
def test_les_tables_d_essai_sont_celles_des_migrations(
    par_les_migrations: dict[str, list[tuple[object, ...]]],
) -> None:
    with connection.cursor() as curseur:
        dites = _dire(curseur)
    for nom, lignes in par_les_migrations.items():
        assert len(lignes) >= 2, nom
        assert dites[nom] == lignes, nom


@pytest.mark.django_db
def test_les_migrations_se_croient_toutes_passees() -> None:
    assert set(MigrationRecorder(connection).applied_migrations()) == set(
        MigrationLoader(connection).disk_migrations
    )
