"""Who sent each lot, as a keyed hash, and what its files weigh."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("binome_api", "0002_question"),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="lot",
            name="octets",
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="lot",
            name="origine",
            field=models.CharField(blank=True, db_index=True, max_length=32),
        ),
    ]
