"""Keys leave the database for a file of their own; who was forgotten stays known."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, Final

from django.db import migrations, models

from binome.journal import trousseau

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TRANCHE: Final = 500


def sortir(apps: Any, editeur: BaseDatabaseSchemaEditor) -> None:
    """Copies every key to its file, then writes noise over it; the destroyed ones become Oubli."""
    cles: Any = apps.get_model("journal", "Cle").objects.using(editeur.connection.alias)
    if editeur.connection.vendor == "sqlite":
        editeur.execute("PRAGMA secure_delete=ON")
    gardees = cles.filter(valeur__isnull=False).order_by("pk")
    numeros = list(gardees.values_list("pk", flat=True))
    for debut in range(0, len(numeros), TRANCHE):
        tranche = gardees.filter(pk__in=numeros[debut : debut + TRANCHE])
        trousseau.poser({une.sujet: bytes(une.valeur) for une in tranche})
    gardees.update(valeur=secrets.token_bytes(44))
    _oublies(apps, editeur.connection.alias)


def _oublies(apps: Any, alias: str) -> None:
    """The subjects whose key was destroyed, with the reference that the entry before theirs names."""
    oublis: Any = apps.get_model("journal", "Oubli").objects.using(alias)
    entrees: Any = apps.get_model("journal", "Entree").objects.using(alias)
    cles: Any = apps.get_model("journal", "Cle").objects.using(alias)
    for cle in cles.filter(detruite_le__isnull=False).order_by("pk"):
        entree = entrees.filter(objet=cle.sujet, geste="oubli").order_by("rang").first()
        avant: Any = None if entree is None else entrees.filter(pk=entree.pk - 1).first()
        reference = avant.objet if avant is not None and avant.geste == "dossier.anonymiser" else ""
        oublis.create(
            sujet=cle.sujet,
            repere=reference.removeprefix("dossier:"),
            demande_le=cle.detruite_le,
        )


class Migration(migrations.Migration):
    """What was in the log of a database before stays there until it is recycled: see the docs."""

    dependencies = [("journal", "0003_socle_vider")]
    operations = [
        migrations.CreateModel(
            name="Oubli",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sujet", models.CharField(max_length=60, unique=True)),
                ("repere", models.CharField(blank=True, max_length=40)),
                ("demande_le", models.DateTimeField()),
                ("fait_le", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("fait_le__isnull", True)),
                        fields=["id"],
                        name="journal_a_oublier",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("fait_le__isnull", True),
                            ("fait_le__gte", models.F("demande_le")),
                            _connector="OR",
                        ),
                        name="journal_oubli_fait_apres",
                    )
                ],
            },
        ),
        migrations.RunPython(sortir, migrations.RunPython.noop),
        migrations.DeleteModel("Cle"),
    ]
