"""The generation of a person's sessions: all those of an earlier one are closed."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("comptes", "0002_comptes_identites"),)
    operations = (
        migrations.AddField(
            model_name="personne",
            name="generation",
            field=models.PositiveIntegerField(default=0),
        ),
    )
