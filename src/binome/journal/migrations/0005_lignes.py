"""Entries keep a mark of the rows that their change wrote."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from django.db import migrations, models

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def reposer(apps: Apps, editeur: BaseDatabaseSchemaEditor) -> None:
    """Lays the triggers again: SQLite makes the table anew to add a column, and loses them."""
    if editeur.connection.vendor == "sqlite":
        ajout_seul = import_module("binome.journal.migrations.0002_ajout_seul")
        ajout_seul.oter(apps, editeur)
        ajout_seul.poser(apps, editeur)


class Migration(migrations.Migration):
    """Empty for the entries written before: `binome journal inventorier` tells of their rows."""

    dependencies = [("journal", "0004_cles_hors_de_la_base")]
    operations = [
        migrations.AddField("entree", "lignes", models.JSONField(default=list)),
        migrations.RunPython(reposer, reposer),
    ]
