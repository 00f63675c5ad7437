"""A dossier may be followed because of a job."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("emplois", "0001_initial"),
        ("dossiers", "0015_certification_et_branche"),
    ]
    operations = [
        migrations.CreateModel(
            "EmploiSuivi",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("clos_le", models.DateTimeField(null=True)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="emplois_suivis",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "emploi",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suivis",
                        to="emplois.emploi",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=["dossier", "emploi"],
                        condition=models.Q(("clos_le__isnull", True)),
                        name="dossiers_emploi_suivi_une_fois",
                    )
                ],
            },
        ),
    ]
