"""The database itself refuses to change or delete an entry of the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import migrations

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE = """
CREATE TRIGGER journal_entree_{geste} BEFORE {ordre} ON journal_entree
BEGIN SELECT RAISE(ABORT, 'le journal ne se modifie pas'); END
"""
POSTGRESQL = """
CREATE OR REPLACE FUNCTION journal_ajout_seul() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'le journal ne se modifie pas'; END $$ LANGUAGE plpgsql
"""
DECLENCHEUR = """
CREATE TRIGGER journal_entree_{geste} BEFORE {ordre} ON journal_entree
FOR EACH ROW EXECUTE FUNCTION journal_ajout_seul()
"""
GESTES = (("modifier", "UPDATE"), ("effacer", "DELETE"))


def poser(apps: Apps, editeur: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - Django's signature
    """Lays the triggers."""
    sqlite = editeur.connection.vendor == "sqlite"
    if not sqlite:
        editeur.execute(POSTGRESQL)
    for geste, ordre in GESTES:
        editeur.execute((SQLITE if sqlite else DECLENCHEUR).format(geste=geste, ordre=ordre))


def oter(apps: Apps, editeur: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - Django's signature
    """Takes them away."""
    for geste, _ in GESTES:
        table = "" if editeur.connection.vendor == "sqlite" else " ON journal_entree"
        editeur.execute(f"DROP TRIGGER IF EXISTS journal_entree_{geste}{table}")


class Migration(migrations.Migration):
    """Append only."""

    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunPython(poser, oter)]
