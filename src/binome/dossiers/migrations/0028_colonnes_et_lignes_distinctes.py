"""What an organisation answers of its headings is kept with its import; a row may be said to be about somebody else."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0027_refus_en_liste")]
    operations = [
        migrations.AddField("import", "correspondances", models.JSONField(default=dict)),
        migrations.AddField("ligneimportee", "distincte", models.BooleanField(default=False)),
    ]
