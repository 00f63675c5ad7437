"""The database itself refuses to change or delete a vintage: its address is cited elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import migrations

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE: Final = "donnees_ouvertes_millesime"
SQLITE: Final = """
CREATE TRIGGER donnees_ouvertes_millesime_{geste} BEFORE {ordre} ON donnees_ouvertes_millesime
BEGIN SELECT RAISE(ABORT, 'un millésime publié ne se modifie pas'); END
"""
POSTGRESQL: Final = """
CREATE OR REPLACE FUNCTION donnees_ouvertes_millesime_garde() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'un millésime publié ne se modifie pas'; END $$ LANGUAGE plpgsql
"""
DECLENCHEUR: Final = """
CREATE TRIGGER donnees_ouvertes_millesime_{geste} BEFORE {ordre} ON donnees_ouvertes_millesime
FOR EACH {chacun} EXECUTE FUNCTION donnees_ouvertes_millesime_garde()
"""
GESTES: Final = (("modifier", "UPDATE"), ("effacer", "DELETE"))


def poser(apps: Apps, editeur: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - Django's signature
    """Lays the triggers."""
    sqlite = editeur.connection.vendor == "sqlite"
    if not sqlite:
        editeur.execute(POSTGRESQL)
        editeur.execute(DECLENCHEUR.format(geste="vider", ordre="TRUNCATE", chacun="STATEMENT"))
    for geste, ordre in GESTES:
        texte = SQLITE if sqlite else DECLENCHEUR
        editeur.execute(texte.format(geste=geste, ordre=ordre, chacun="ROW"))


def oter(apps: Apps, editeur: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - Django's signature
    """Takes them away."""
    sqlite = editeur.connection.vendor == "sqlite"
    for geste in ("modifier", "effacer", *(() if sqlite else ("vider",))):
        sur = "" if sqlite else f" ON {TABLE}"
        editeur.execute(f"DROP TRIGGER IF EXISTS {TABLE}_{geste}{sur}")


class Migration(migrations.Migration):
    """What was published stays."""

    dependencies = [("donnees_ouvertes", "0001_millesimes")]
    operations = [migrations.RunPython(poser, oter)]
