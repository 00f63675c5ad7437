"""The lots that were sent."""

from typing import ClassVar

import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar = []

    operations: ClassVar = [
        migrations.CreateModel(
            name="Lot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("cle", models.CharField(max_length=64, unique=True)),
                (
                    "etat",
                    models.CharField(
                        choices=[
                            ("attente", "en attente"),
                            ("en_cours", "en cours"),
                            ("termine", "terminé"),
                            ("echoue", "échoué"),
                            ("interrompu", "interrompu"),
                        ],
                        default="attente",
                        max_length=10,
                    ),
                ),
                ("fichier", models.CharField(max_length=40, unique=True)),
                ("sorte", models.CharField(max_length=8)),
                ("reformes", models.JSONField(default=list)),
                ("base", models.CharField(max_length=80)),
                ("porteur", models.CharField(max_length=32)),
                ("lues", models.PositiveIntegerField(default=0)),
                ("decidees", models.PositiveIntegerField(default=0)),
                ("ecartees", models.PositiveIntegerField(default=0)),
                ("raison", models.TextField(blank=True)),
                ("cree_le", models.DateTimeField()),
                ("vu_le", models.DateTimeField()),
                ("expire_le", models.DateTimeField(db_index=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("etat__in", ["attente", "en_cours", "termine", "echoue", "interrompu"])
                        ),
                        name="lot_etat_connu",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decidees__gte", 0), ("ecartees__gte", 0), ("lues__gte", 0)
                        ),
                        name="lot_progression_positive",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "lues__gte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("decidees"), "+", models.F("ecartees")
                                ),
                            )
                        ),
                        name="lot_progression_coherente",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expire_le__gt", models.F("cree_le"))),
                        name="lot_expire_apres_sa_creation",
                    ),
                ],
            },
        ),
    ]
