"""The marks and counters of the doors, which every worker sees."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("comptes", "0004_cabinets_prouves"),)
    operations = (
        migrations.CreateModel(
            name="Compteur",
            fields=[
                ("cle", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("nombre", models.IntegerField(default=0)),
                ("valeur", models.TextField(blank=True)),
                ("expire_le", models.DateTimeField(db_index=True)),
            ],
        ),
    )
