"""A contract is found by its folded names; a draft may be left; payments know the caisse that owes them."""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery

from binome.pliage import plier, plier_un_nom

AU_PLUS = 1_000


def retrouver(apps: Any, _: Any) -> None:
    """Writes what each contract is found by, as `recherche.mots_du_contrat` does."""
    contrats = apps.get_model("contrats_d_aide", "Contrat")
    membres = apps.get_model("contrats_d_aide", "MembreDuContrat")
    des_groupes: dict[int, list[Any]] = {}
    for un in membres.objects.filter(sortie=None).select_related("medecin").order_by("pk"):
        des_groupes.setdefault(un.contrat_id, []).append(un.medecin)
    lot = []
    lus = contrats.objects.select_related("medecin", "societe", "signataire").order_by("pk")
    for contrat in lus.iterator(chunk_size=500):
        medecins = [
            *([contrat.medecin] if contrat.medecin else []),
            *des_groupes.get(contrat.pk, ()),
        ]
        structures = [
            contrat.cabinet,
            *(un.nom for un in (contrat.societe, contrat.signataire) if un),
        ]
        dits = [
            *(f"{plier_un_nom(f'{un.prenom} {un.nom}')} {un.rpps}" for un in medecins),
            *map(plier, structures),
        ]
        contrat.recherche = " ".join(dict.fromkeys(" ".join(dits).split()))[:AU_PLUS]
        lot.append(contrat)
    contrats.objects.bulk_update(lot, ["recherche"], batch_size=500)
    sienne = contrats.objects.filter(pk=OuterRef("contrat")).values("caisse")
    apps.get_model("contrats_d_aide", "VersementAttendu").objects.update(caisse=Subquery(sienne))


class Migration(migrations.Migration):
    dependencies = [
        ("comptes", "0011_contact_d_une_organisation"),
        ("contrats_d_aide", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="contrat",
            name="contrats_d_aide_contrat_etat_connu",
        ),
        migrations.AddField(
            model_name="contrat",
            name="recherche",
            field=models.CharField(blank=True, max_length=1000),
        ),
        migrations.AlterField(
            model_name="contrat",
            name="etat",
            field=models.CharField(
                choices=[
                    ("prepare", "En préparation"),
                    ("signe", "Signé, personne n’a encore commencé"),
                    ("en_cours", "En cours"),
                    ("suspendu", "Suspendu"),
                    ("fini", "Fini"),
                    ("remplace", "Remplacé par un autre contrat"),
                    ("abandonne", "Abandonné avant la signature"),
                ],
                default="prepare",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="contrat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "etat__in",
                        [
                            "prepare",
                            "signe",
                            "en_cours",
                            "suspendu",
                            "fini",
                            "remplace",
                            "abandonne",
                        ],
                    )
                ),
                name="contrats_d_aide_contrat_etat_connu",
            ),
        ),
        migrations.AddIndex(
            model_name="contrat",
            index=models.Index(fields=["caisse", "departement"], name="contrats_du_departement"),
        ),
        migrations.AddIndex(
            model_name="contrat",
            index=models.Index(fields=["caisse", "recherche"], name="contrats_par_leurs_noms"),
        ),
        migrations.RemoveIndex(model_name="versementattendu", name="versements_par_jour"),
        migrations.AddField(
            model_name="versementattendu",
            name="caisse",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                db_index=False,
                to="comptes.organisation",
            ),
        ),
        migrations.AddIndex(
            model_name="versementattendu",
            index=models.Index(
                fields=["caisse", "etat", "jour", "montant_cents"], name="versements_de_la_caisse"
            ),
        ),
        migrations.RunPython(retrouver, migrations.RunPython.noop),
    ]
