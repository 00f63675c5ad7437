"""Takes every practice as named by the training organisation of the first dossier that it follows."""

from __future__ import annotations

from typing import Any

from django.db import migrations


def parrainer(apps: Any, _: Any) -> None:
    """Those whom another organisation associated by the same number are to be associated again.

    Nothing proved these numbers: whoever named one first held the practice for everybody.
    """
    dossiers = apps.get_model("dossiers", "Dossier").objects
    cabinets = apps.get_model("comptes", "Organisation").objects.filter(genre="cabinet")
    for cabinet in cabinets.exclude(identifiant="").order_by("pk"):
        premier = dossiers.filter(cabinet=cabinet.pk).order_by("pk").first()
        if premier is not None:
            cabinet.parrain_id = premier.organisme_id
            cabinet.save(update_fields=["parrain"])
            suivis = dossiers.filter(cabinet=cabinet.pk)
            suivis.exclude(organisme=premier.organisme_id).update(cabinet=None)


class Migration(migrations.Migration):
    dependencies = [
        ("comptes", "0004_cabinets_prouves"),
        ("dossiers", "0012_retiree_sans_apercu"),
    ]
    operations = [migrations.RunPython(parrainer, migrations.RunPython.noop)]
