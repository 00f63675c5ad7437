"""Keeps the bytes of each imported file: they count in the quotas. Those of older imports are not known."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0013_cabinets_par_organisme")]
    operations = [
        migrations.AddField("import", "octets", models.PositiveIntegerField(default=0)),
    ]
