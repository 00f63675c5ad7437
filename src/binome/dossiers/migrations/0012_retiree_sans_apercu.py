"""A withdrawn document keeps no page image."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0011_apercus_dessines")]
    operations = [
        migrations.AddConstraint(
            model_name="piece",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("etat", "retiree"), _negated=True), ("apercu", "ote"), _connector="OR"
                ),
                name="dossiers_retiree_sans_apercu",
            ),
        ),
    ]
