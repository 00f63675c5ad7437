"""The table of the test app: made after those it points to."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """One table."""

    initial = True
    dependencies = [("comptes", "0001_initial")]  # noqa: RUF012 - as Django writes them

    operations = [  # noqa: RUF012 - as Django writes them
        migrations.CreateModel(
            name="Demande",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "etat",
                    models.CharField(
                        choices=[("prete", "Prête"), ("envoyee", "Envoyée")],
                        default="prete",
                        max_length=10,
                    ),
                ),
                ("nom", models.CharField(max_length=40)),
                ("reponse", models.CharField(blank=True, max_length=40)),
                (
                    "organisme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="comptes.organisation",
                    ),
                ),
            ],
            options={"ordering": ("pk",)},
        ),
    ]
