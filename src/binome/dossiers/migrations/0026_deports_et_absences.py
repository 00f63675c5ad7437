"""Who is too close to a candidate says so; what somebody does not have is taken as said."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

ORIGINES = (("declare", "Déclaré"), ("prouve", "Prouvé"), ("constate", "Confirmé sans pièce"))


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("dossiers", "0025_decision_motivee"),
    ]
    operations = [
        migrations.AlterField("fait", "origine", models.CharField(choices=ORIGINES, max_length=8)),
        migrations.RemoveConstraint("fait", "dossiers_fait_origine_connu"),
        migrations.RemoveConstraint("fait", "dossiers_preuve_par_piece"),
        migrations.AddConstraint(
            "fait",
            models.CheckConstraint(
                condition=Q(origine__in=[code for code, _ in ORIGINES]),
                name="dossiers_fait_origine_connu",
            ),
        ),
        migrations.AddConstraint(
            "fait",
            models.CheckConstraint(
                condition=Q(origine="prouve", piece__isnull=False)
                | Q(origine__in=("declare", "constate"), piece__isnull=True),
                name="dossiers_preuve_par_piece",
            ),
        ),
        migrations.CreateModel(
            name="Deport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("le", models.DateTimeField()),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deports",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "personne",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"ordering": ("dossier", "pk")},
        ),
        migrations.AddConstraint(
            "deport",
            models.UniqueConstraint(
                fields=("dossier", "personne"), name="dossiers_un_deport_par_personne"
            ),
        ),
    ]
