"""PostgreSQL empties a table without a word to the triggers of its rows: it refuses that too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import migrations

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

VIDER = """
CREATE TRIGGER journal_entree_vider BEFORE TRUNCATE ON journal_entree
FOR EACH STATEMENT EXECUTE FUNCTION journal_ajout_seul()
"""


def poser(apps: Apps, editeur: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - Django's signature
    """Lays the trigger."""
    if editeur.connection.vendor == "postgresql":
        editeur.execute(VIDER)


def oter(apps: Apps, editeur: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - Django's signature
    """Takes it away."""
    if editeur.connection.vendor == "postgresql":
        editeur.execute("DROP TRIGGER IF EXISTS journal_entree_vider ON journal_entree")


class Migration(migrations.Migration):
    """Append only, whole tables included."""

    dependencies = [("journal", "0002_ajout_seul")]
    operations = [migrations.RunPython(poser, oter)]
