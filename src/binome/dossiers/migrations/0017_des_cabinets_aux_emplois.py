"""The practice of each dossier becomes a job of its candidate, whose share and days nobody said.

Who reads what is kept: the practice follows the dossiers that it followed, and no others. Someone who has an account
is one, whatever their dossiers; who has none is known by their dossier alone. The journal is told of the rows once
everything is migrated (`dossiers/employeurs/inventaire.py`).
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db import migrations

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

LOT = 500


def dire_les_emplois(apps: Apps, editeur: BaseDatabaseSchemaEditor) -> None:
    """One job for each person and practice, followed by each dossier that named it."""
    base = editeur.connection.alias

    def table(application: str, nom: str) -> Any:
        return apps.get_model(application, nom).objects.using(base)

    suivis = table("dossiers", "Dossier").filter(cabinet__isnull=False).order_by("pk")
    lus = suivis.values_list("pk", "cabinet", "candidat", "candidat__is_active")
    dossiers = lus.iterator(LOT)
    salaries = dict(
        table("emplois", "Salarie").filter(personne__isnull=False).values_list("personne", "pk")
    )
    ouverts = table("emplois", "Emploi").filter(au__isnull=True, retire_le__isnull=True)
    emplois = {
        (salarie, employeur): numero
        for numero, salarie, employeur in ouverts.values_list("pk", "salarie", "employeur")
    }
    while lot := list(islice(dossiers, LOT)):
        nouveaux = []
        for dossier, cabinet, candidat, ouvert in lot:
            # A closed account names nobody any more.
            personne = candidat if ouvert else None
            salarie = salaries.get(personne) if personne else None
            if salarie is None:
                salarie = table("emplois", "Salarie").create(personne_id=personne).pk
                if personne:
                    salaries[personne] = salarie
            emploi = emplois.get((salarie, cabinet))
            if emploi is None:
                emploi = (
                    table("emplois", "Emploi").create(salarie_id=salarie, employeur_id=cabinet).pk
                )
                emplois[salarie, cabinet] = emploi
            nouveaux.append({"dossier_id": dossier, "emploi_id": emploi})
        modele = apps.get_model("dossiers", "EmploiSuivi")
        table("dossiers", "EmploiSuivi").bulk_create([modele(**un) for un in nouveaux])


def nommer_les_cabinets(apps: Apps, editeur: BaseDatabaseSchemaEditor) -> None:
    """The way back: a dossier names one practice, the first that follows it."""
    base = editeur.connection.alias
    suivis = apps.get_model("dossiers", "EmploiSuivi").objects.using(base)
    ouverts = suivis.filter(
        clos_le__isnull=True, emploi__retire_le__isnull=True, emploi__employeur__genre="cabinet"
    )
    dossiers: Any = apps.get_model("dossiers", "Dossier").objects.using(base)
    for dossier, employeur in ouverts.order_by("-pk").values_list("dossier", "emploi__employeur"):
        dossiers.filter(pk=dossier).update(cabinet=employeur)


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0016_emplois_suivis")]
    operations = [migrations.RunPython(dire_les_emplois, nommer_les_cabinets)]
