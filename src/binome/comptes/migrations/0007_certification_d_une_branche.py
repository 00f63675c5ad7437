"""A branch delivers a certification: empty, the one by default, which is what every branch did until now."""

from __future__ import annotations

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("comptes", "0006_oublis")]
    operations = [
        migrations.AddField(
            "organisation",
            "certification",
            models.CharField(blank=True, default="", max_length=40),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            "organisation",
            models.CheckConstraint(
                condition=Q(certification="") | Q(genre="branche"),
                name="comptes_certification_d_une_branche",
            ),
        ),
    ]
