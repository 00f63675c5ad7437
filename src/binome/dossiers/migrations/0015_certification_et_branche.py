"""Each dossier names its certification and its branch.

Those there are of the certification by default, whose rules decided them. The branch is named when a single one
exists; where there are several, none is, and those that deliver the certification read the dossier as before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

import binome.regles.courante

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def nommer_la_branche(apps: Apps, editeur: BaseDatabaseSchemaEditor) -> None:
    """Names the only branch there is."""
    base = editeur.connection.alias
    branches = apps.get_model("comptes", "Organisation").objects.using(base).filter(genre="branche")
    seules = list(branches.order_by("pk").values_list("pk", flat=True)[:2])
    if len(seules) == 1:
        apps.get_model("dossiers", "Dossier").objects.using(base).update(branche=seules[0])


class Migration(migrations.Migration):
    dependencies = [
        ("comptes", "0007_certification_d_une_branche"),
        ("dossiers", "0014_octets_des_imports"),
    ]
    operations = [
        migrations.AddField(
            "dossier",
            "certification",
            models.CharField(default=binome.regles.courante.code_par_defaut, max_length=40),
        ),
        migrations.AddField(
            "dossier",
            "branche",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="dossiers_delivres",
                to="comptes.organisation",
            ),
        ),
        migrations.RunPython(nommer_la_branche, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            "dossier",
            models.Index(fields=["etat", "branche", "certification"], name="dossiers_etat_branche"),
        ),
        migrations.AddConstraint(
            "dossier",
            models.CheckConstraint(
                condition=~Q(certification=""), name="dossiers_d_une_certification"
            ),
        ),
    ]
