"""A decision keeps why it departs, in a catalogue, what was settled by hand, and what was confirmed."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models
from django.db.models import Q


def motiver(apps: Any, _: Any) -> None:
    """What was typed until now is the open reason of the catalogue."""
    apps.get_model("dossiers", "Decision").objects.exclude(ecart="").update(raison="autre")


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0024_poser_en_liste")]
    operations = [
        migrations.AddField(
            "decision", "raison", models.CharField(blank=True, default="", max_length=20)
        ),
        migrations.AlterField("decision", "raison", models.CharField(blank=True, max_length=20)),
        migrations.AddField("decision", "depart", models.JSONField(default=dict)),
        migrations.RunPython(motiver, migrations.RunPython.noop),
        migrations.AddConstraint(
            "decision",
            models.CheckConstraint(
                condition=Q(ecart="") | ~Q(raison=""), name="dossiers_ecart_motive"
            ),
        ),
        migrations.AddConstraint(
            "decision",
            models.CheckConstraint(
                condition=~Q(raison="autre") | ~Q(ecart=""), name="dossiers_autre_raison_dite"
            ),
        ),
    ]
