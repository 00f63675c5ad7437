"""The database itself refuses to change or delete a root that was published, and its stamps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import migrations

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE = """
CREATE TRIGGER {table}_{geste} BEFORE {ordre} ON {table} {quand}
BEGIN SELECT RAISE(ABORT, 'une racine publiée ne se modifie pas'); END
"""
POSTGRESQL = """
CREATE OR REPLACE FUNCTION journal_racine_gardee() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'une racine publiée ne se modifie pas'; END $$ LANGUAGE plpgsql
"""
DECLENCHEUR = """
CREATE TRIGGER {table}_{geste} BEFORE {ordre} ON {table}
FOR EACH ROW {quand} EXECUTE FUNCTION journal_racine_gardee()
"""
VIDER = """
CREATE TRIGGER {table}_vider BEFORE TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION journal_racine_gardee()
"""
GESTES: Final = (("modifier", "UPDATE"), ("effacer", "DELETE"))
TABLES: Final = (("journal_racine", "WHEN (OLD.annonce <> '')"), ("journal_jeton", ""))
"""By table, when: a root that nobody saw yet is made again."""


def poser(apps: Apps, editeur: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - Django's signature
    """Lays the triggers."""
    sqlite = editeur.connection.vendor == "sqlite"
    if not sqlite:
        editeur.execute(POSTGRESQL)
    for table, quand in TABLES:
        for geste, ordre in GESTES:
            texte = SQLITE if sqlite else DECLENCHEUR
            editeur.execute(texte.format(table=table, geste=geste, ordre=ordre, quand=quand))
        if not sqlite:
            editeur.execute(VIDER.format(table=table))


def oter(apps: Apps, editeur: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - Django's signature
    """Takes them away."""
    sqlite = editeur.connection.vendor == "sqlite"
    for table, _ in TABLES:
        for geste in ("modifier", "effacer", *(() if sqlite else ("vider",))):
            editeur.execute(
                f"DROP TRIGGER IF EXISTS {table}_{geste}{'' if sqlite else f' ON {table}'}"
            )


class Migration(migrations.Migration):
    """What was published stays."""

    dependencies = [("journal", "0006_racines")]
    operations = [migrations.RunPython(poser, oter)]
