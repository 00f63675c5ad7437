"""What the room keeps of a person: taken away with their data, erased with what it served."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from binome.emplois.models import Emploi, Salarie
from binome.emplois.parts import dire
from binome.journal.lignes import lignes
from binome.journal.services import Ecriture, ecrire, oublier
from binome.socle.sort_des_champs import DOSSIER, MORALE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from binome.comptes.models import Personne
    from binome.socle.sort_des_champs import Champs

CHAMPS: Final[Champs] = {
    "emplois.Emploi": {"du": DOSSIER, "au": DOSSIER},
    "emplois.Adhesion": {"du": MORALE, "au": MORALE},
}


def en_archive(personne: Personne) -> list[dict[str, Any]]:
    """The jobs of a person, as their own archive tells them."""
    siens = Emploi.objects.filter(salarie__personne=personne).select_related("employeur")
    return [
        {
            "employeur": un.employeur.nom,
            "part": dire(un.part),
            "du": un.du,
            "au": un.au,
            "retire_le": un.retire_le,
        }
        for un in siens.order_by("pk")
    ]


@transaction.atomic
def effacer(emplois: Iterable[int], *, auteur: str, motif: str) -> None:
    """Erases jobs, by their numbers, and whoever has none left and no account. `motif` names nobody."""
    voulus = Emploi.objects.filter(pk__in=list(emplois))
    salaries = set(voulus.order_by().values_list("salarie", flat=True))
    for emploi in voulus.order_by("pk"):
        otees = lignes([emploi])
        oublier(emploi.objet, auteur=auteur, motif=motif)
        objet = emploi.objet
        emploi.delete()
        ecrire(Ecriture("emploi.efface", objet, auteur=auteur, motif=motif, lignes=otees))
    _effacer_les_vides(salaries, auteur=auteur, motif=motif)


@transaction.atomic
def detacher(personne: Personne, *, gardes: Iterable[int], auteur: str, motif: str) -> None:
    """Erases the jobs of a person whose account closes, but those that something kept leans on.

    `gardes` are the numbers of those: they stay without anyone's name. `motif` names nobody.
    """
    salarie = Salarie.objects.select_for_update().filter(personne=personne).first()
    if salarie is None:
        return
    salarie.personne = None
    salarie.save(update_fields=["personne"])
    ecrire(
        Ecriture(
            "salarie.detache",
            salarie.objet,
            auteur=auteur,
            motif=motif,
            lignes=lignes([salarie], "personne"),
        )
    )
    restants = salarie.emplois.exclude(pk__in=list(gardes))
    effacer(list(restants.values_list("pk", flat=True)), auteur=auteur, motif=motif)
    _effacer_les_vides({salarie.pk}, auteur=auteur, motif=motif)


def _effacer_les_vides(salaries: set[int], *, auteur: str, motif: str) -> None:
    vides = Salarie.objects.filter(pk__in=salaries, personne__isnull=True, emplois__isnull=True)
    for salarie in vides.order_by("pk"):
        otees, objet = lignes([salarie]), salarie.objet
        salarie.delete()
        ecrire(Ecriture("salarie.efface", objet, auteur=auteur, motif=motif, lignes=otees))
