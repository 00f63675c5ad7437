"""Says in the lists of the dossiers already decided that some were refused."""

from __future__ import annotations

from typing import Any

from django.db import migrations


def poser(apps: Any, _: Any) -> None:
    """Neither route nor hours where the decision in force is a refusal."""
    decisions = apps.get_model("dossiers", "Decision").objects
    refus = decisions.filter(nature="refuse", annulee_le__isnull=True).order_by().values("dossier")
    dossiers = apps.get_model("dossiers", "Dossier").objects
    dossiers.filter(pk__in=refus).update(voie="refuse", minutes=None)


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0026_deports_et_absences")]
    operations = [migrations.RunPython(poser, migrations.RunPython.noop)]
