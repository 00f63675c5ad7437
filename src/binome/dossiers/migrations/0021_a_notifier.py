"""A decision is seen once notified: until then its dossier has a state of its own."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models
from django.db.models import Q

ETATS = (
    ("brouillon", "Brouillon"), ("depose", "Déposé"), ("a_completer", "À compléter"), ("complete", "Complété"),
    ("proposition", "Proposition prête"), ("arrete", "Décision à notifier"), ("decide", "Décidé"),
    ("recours", "En recours"), ("clos", "Clos"), ("retire", "Retiré"),
)  # fmt: skip


def separer(apps: Any, _: Any) -> None:
    """Those that wait for their letter leave the ones that everybody reads."""
    decisions = apps.get_model("dossiers", "Decision").objects
    attendent = decisions.filter(annulee_le__isnull=True, notifiee_le__isnull=True).order_by()
    dossiers = apps.get_model("dossiers", "Dossier").objects
    dossiers.filter(etat="decide", pk__in=attendent.values("dossier")).update(etat="arrete")


def reunir(apps: Any, _: Any) -> None:
    """Back to the one state."""
    apps.get_model("dossiers", "Dossier").objects.filter(etat="arrete").update(etat="decide")


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0020_imports_d_une_certification")]
    operations = [
        migrations.AlterField(
            "dossier",
            "etat",
            models.CharField(choices=ETATS, default="brouillon", max_length=12),
        ),
        migrations.RemoveConstraint("dossier", "dossiers_dossier_etat_connu"),
        migrations.RemoveConstraint("dossier", "dossiers_decision_datee"),
        migrations.RunPython(separer, reunir),
        migrations.AddConstraint(
            "dossier",
            models.CheckConstraint(
                condition=Q(etat__in=[code for code, _ in ETATS]),
                name="dossiers_dossier_etat_connu",
            ),
        ),
        migrations.AddConstraint(
            "dossier",
            models.CheckConstraint(
                condition=~Q(etat__in=("arrete", "decide", "recours")) | Q(decide_le__isnull=False),
                name="dossiers_decision_datee",
            ),
        ),
    ]
