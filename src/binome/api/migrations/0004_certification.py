"""Whose rules decide each lot: those there are, of the certification by default."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models

import binome.regles.courante


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("binome_api", "0003_origine"),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="lot",
            name="certification",
            field=models.CharField(default=binome.regles.courante.code_par_defaut, max_length=40),
        ),
        migrations.AddConstraint(
            model_name="lot",
            constraint=models.CheckConstraint(
                condition=~models.Q(certification=""), name="lot_d_une_certification"
            ),
        ),
    ]
