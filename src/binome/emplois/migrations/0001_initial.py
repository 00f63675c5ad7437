"""People at work, their jobs, and the groups of practices."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("comptes", "0008_groupements"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Salarie",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "personne",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="salarie",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="Adhesion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("du", models.DateField()),
                ("au", models.DateField(null=True)),
                (
                    "groupement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adhesions",
                        to="comptes.organisation",
                    ),
                ),
                (
                    "membre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="groupements",
                        to="comptes.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ("groupement", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("groupement", models.F("membre")), _negated=True),
                        name="emplois_pas_membre_de_soi",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("au__isnull", True), ("au__gte", models.F("du")), _connector="OR"
                        ),
                        name="emplois_depart_apres_l_entree",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("au__isnull", True)),
                        fields=("groupement", "membre"),
                        name="emplois_membre_une_fois",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Emploi",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("part", models.PositiveSmallIntegerField(null=True)),
                ("du", models.DateField(null=True)),
                ("au", models.DateField(null=True)),
                ("retire_le", models.DateTimeField(null=True)),
                (
                    "employeur",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="emplois",
                        to="comptes.organisation",
                    ),
                ),
                (
                    "salarie",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="emplois",
                        to="emplois.salarie",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
                "indexes": [
                    models.Index(
                        condition=models.Q(("retire_le__isnull", True)),
                        fields=["employeur", "au"],
                        name="emplois_de_l_employeur",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("part__isnull", True),
                            models.Q(("part__gte", 1), ("part__lte", 10000)),
                            _connector="OR",
                        ),
                        name="emplois_part_d_un_temps_plein",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("du__isnull", True),
                            ("au__isnull", True),
                            ("au__gte", models.F("du")),
                            _connector="OR",
                        ),
                        name="emplois_fin_apres_le_debut",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("au__isnull", True), ("retire_le__isnull", True)),
                        fields=("salarie", "employeur"),
                        name="emplois_un_seul_ouvert_par_employeur",
                    ),
                ],
            },
        ),
    ]
