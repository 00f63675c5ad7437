"""Each import is of one certification: those there are, of the one by default."""

from __future__ import annotations

from django.db import migrations, models
from django.db.models import Q

import binome.regles.courante


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0019_points_d_une_certification")]
    operations = [
        migrations.AddField(
            "import",
            "certification",
            models.CharField(default=binome.regles.courante.code_par_defaut, max_length=40),
        ),
        migrations.AddConstraint(
            "import",
            models.CheckConstraint(
                condition=~Q(certification=""), name="dossiers_import_d_une_certification"
            ),
        ),
    ]
