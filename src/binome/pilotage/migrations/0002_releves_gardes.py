"""The database itself refuses to change or delete a reading: last month's figure must be found again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import migrations

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES: Final = ("pilotage_mesurerelevee", "pilotage_relevedumois")
SQLITE: Final = """
CREATE TRIGGER {table}_{geste} BEFORE {ordre} ON {table}
BEGIN SELECT RAISE(ABORT, 'un relevé ne se modifie pas'); END
"""
POSTGRESQL: Final = """
CREATE OR REPLACE FUNCTION pilotage_garde() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'un relevé ne se modifie pas'; END $$ LANGUAGE plpgsql
"""
DECLENCHEUR: Final = """
CREATE TRIGGER {table}_{geste} BEFORE {ordre} ON {table}
FOR EACH {chacun} EXECUTE FUNCTION pilotage_garde()
"""
GESTES: Final = (("modifier", "UPDATE"), ("effacer", "DELETE"))


def poser(apps: Apps, editeur: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - Django's signature
    """Lays the triggers."""
    sqlite = editeur.connection.vendor == "sqlite"
    if not sqlite:
        editeur.execute(POSTGRESQL)
    for table in TABLES:
        if not sqlite:
            editeur.execute(
                DECLENCHEUR.format(table=table, geste="vider", ordre="TRUNCATE", chacun="STATEMENT")
            )
        for geste, ordre in GESTES:
            texte = SQLITE if sqlite else DECLENCHEUR
            editeur.execute(texte.format(table=table, geste=geste, ordre=ordre, chacun="ROW"))


def oter(apps: Apps, editeur: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - Django's signature
    """Takes them away."""
    sqlite = editeur.connection.vendor == "sqlite"
    for table in TABLES:
        for geste in ("modifier", "effacer", *(() if sqlite else ("vider",))):
            sur = "" if sqlite else f" ON {table}"
            editeur.execute(f"DROP TRIGGER IF EXISTS {table}_{geste}{sur}")


class Migration(migrations.Migration):
    """What was read stays."""

    dependencies = [("pilotage", "0001_releves")]
    operations = [migrations.RunPython(poser, oter)]
