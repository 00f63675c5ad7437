"""Works out what lists show and find of the dossiers already there, and folds their names again."""

from __future__ import annotations

from typing import Any, Final

from django.db import migrations
from django.utils.dateparse import parse_date

from binome.dossiers.en_liste import declaree_en_liste, noms_plies, reponse_en_liste, trouvable

LOT: Final = 500
CHAMPS: Final = ("trouvable", "recherche", "entree", "voie", "minutes", "signaux")
DITS: Final = (
    "prenom",
    "nom",
    "nom_de_naissance",
    "employeur",
    "courriel",
    "employeur_identifiant",
    "telephone",
)


def poser(apps: Any, _: Any) -> None:
    """By slices of the table: what was proposed last, else what is declared once filed."""
    dossiers = apps.get_model("dossiers", "Dossier").objects.order_by("pk")
    dernier = 0
    while lot := list(dossiers.filter(pk__gt=dernier)[:LOT]):
        dernier = lot[-1].pk
        numeros = [un.pk for un in lot]
        declares: dict[int, dict[str, Any]] = {}
        for fait in (
            apps.get_model("dossiers", "Fait")
            .objects.filter(dossier__in=numeros, origine="declare")
            .order_by("pk")
        ):
            declares.setdefault(fait.dossier_id, {})[fait.nom] = fait.valeur
        propositions = {
            une.dossier_id: une.prouve
            for une in apps.get_model("dossiers", "Proposition")
            .objects.filter(dossier__in=numeros)
            .order_by("pk")
        }
        for un in lot:
            _poser(un, declares.get(un.pk, {}), propositions.get(un.pk))
        dossiers.model.objects.bulk_update(lot, CHAMPS)


def _poser(dossier: Any, faits: dict[str, Any], proposition: dict[str, Any] | None) -> None:
    if dossier.anonyme_le is None:
        dossier.trouvable = trouvable(
            dossier.reference, {nom: getattr(dossier, nom) for nom in DITS}
        )
        dossier.recherche = noms_plies(dossier.prenom, dossier.nom, dossier.nom_de_naissance)
    if faits.get("date_entree"):
        dossier.entree = parse_date(faits["date_entree"])
    if dossier.depose_le is None:
        return
    if proposition is None:
        dite = declaree_en_liste(dossier.certification, faits)
    else:
        dite = reponse_en_liste(proposition, dossier.certification)
    for nom, valeur in dite.items():
        setattr(dossier, nom, valeur)


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0023_en_liste")]
    operations = [migrations.RunPython(poser, migrations.RunPython.noop)]
