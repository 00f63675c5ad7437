"""Says which of the dossiers already there have a clear proposal."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery


def poser(apps: Any, _: Any) -> None:
    """The last proposal has no alert, as the list of the clear ones worked it out until now."""
    propositions = apps.get_model("dossiers", "Proposition").objects
    derniere = propositions.filter(dossier=OuterRef("dossier")).order_by("-pk").values("pk")
    claires = propositions.filter(sans_alerte=True, pk=Subquery(derniere[:1])).order_by("pk")
    dossiers = apps.get_model("dossiers", "Dossier").objects
    dossiers.filter(pk__in=claires.values("dossier"), alertes=0).update(claire=True)


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0009_depuis_et_claire")]
    operations = [migrations.RunPython(poser, migrations.RunPython.noop)]
