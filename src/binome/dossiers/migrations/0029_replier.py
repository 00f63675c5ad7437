"""Folds again the names and what a search finds: particles, letters of other scripts, keys of imports."""

from __future__ import annotations

from typing import Any, Final

from django.db import migrations

from binome.dossiers.en_liste import CHERCHES, noms_plies, trouvable

LOT: Final = 500


def replier(apps: Any, _: Any) -> None:
    """By slices of the table; what was erased stays so."""
    dossiers = apps.get_model("dossiers", "Dossier").objects.filter(anonyme_le=None).order_by("pk")
    dernier = 0
    while lot := list(dossiers.filter(pk__gt=dernier)[:LOT]):
        dernier = lot[-1].pk
        for un in lot:
            un.trouvable = trouvable(un.reference, {nom: getattr(un, nom) for nom in CHERCHES})
            un.recherche = noms_plies(un.prenom, un.nom, un.nom_de_naissance)
        dossiers.model.objects.bulk_update(lot, ("trouvable", "recherche"))


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0028_colonnes_et_lignes_distinctes")]
    operations = [migrations.RunPython(replier, migrations.RunPython.noop)]
