"""Each settled point is of one certification: those there are, of the one by default, whose alerts they settled."""

from __future__ import annotations

from django.db import migrations, models
from django.db.models import Q

import binome.regles.courante


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0018_sans_cabinet")]
    operations = [
        migrations.AddField(
            "pointtranche",
            "certification",
            models.CharField(default=binome.regles.courante.code_par_defaut, max_length=40),
        ),
        migrations.AlterModelOptions(
            "pointtranche",
            {
                "ordering": ("certification", "code", "-le", "pk"),
                "verbose_name_plural": "points tranchés",
            },
        ),
        migrations.RemoveConstraint("pointtranche", "dossiers_point_tranche_une_fois"),
        migrations.AddConstraint(
            "pointtranche",
            models.UniqueConstraint(
                fields=["certification", "code"],
                condition=Q(leve_le__isnull=True),
                name="dossiers_point_tranche_une_fois",
            ),
        ),
        migrations.AddConstraint(
            "pointtranche",
            models.CheckConstraint(
                condition=~Q(certification=""), name="dossiers_point_d_une_certification"
            ),
        ),
    ]
