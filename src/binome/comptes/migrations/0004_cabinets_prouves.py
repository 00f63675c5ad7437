"""A practice bears a number on the word of one training organisation, until the number is proven."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comptes", "0003_sessions"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="organisation",
            name="comptes_identifiant_unique",
        ),
        migrations.AddField(
            model_name="organisation",
            name="parrain",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="comptes.organisation",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.UniqueConstraint(
                models.F("genre"),
                models.F("identifiant"),
                condition=models.Q(
                    models.Q(("identifiant", ""), _negated=True), ("parrain__isnull", True)
                ),
                name="comptes_identifiant_unique",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.UniqueConstraint(
                models.F("parrain"),
                models.F("identifiant"),
                condition=models.Q(("parrain__isnull", False)),
                name="comptes_identifiant_par_parrain",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("parrain__isnull", True),
                    models.Q(("genre", "cabinet"), models.Q(("identifiant", ""), _negated=True)),
                    _connector="OR",
                ),
                name="comptes_parrain_d_un_cabinet",
            ),
        ),
    ]
