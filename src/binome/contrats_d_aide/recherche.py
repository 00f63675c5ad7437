"""What a contract is found by: the folded names of its doctors, of its practice, of its company, and the numbers of its doctors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Q

from binome.contrats_d_aide.models import Contrat, MembreDuContrat
from binome.pliage import coller_les_nombres, plier, plier_un_nom

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from binome.contrats_d_aide.models import Medecin

AU_PLUS: Final = 1_000
"""Characters of what a contract is found by: a group of sixty doctors holds in it."""


def mots_du_contrat(contrat: Contrat, membres: Iterable[Medecin] = ()) -> str:
    """The words that find a contract, folded; those of a group's doctors come after its own."""
    medecins = [*([] if contrat.medecin is None else [contrat.medecin]), *membres]
    structures = [
        contrat.cabinet,
        *(un.nom for un in (contrat.societe, contrat.signataire) if un is not None),
    ]
    dits = [
        *(f"{plier_un_nom(f'{un.prenom} {un.nom}')} {un.rpps}" for un in medecins),
        *map(plier, structures),
    ]
    return " ".join(dict.fromkeys(" ".join(dits).split()))[:AU_PLUS]


def refaire_la_recherche(contrats: QuerySet[Contrat]) -> None:
    """Writes again what some contracts are found by, once a name of them changed. Within a transaction of the caller."""
    lus = list(contrats.select_related("medecin", "societe", "signataire").order_by("pk"))
    membres: dict[int, list[Medecin]] = {}
    for un in (
        MembreDuContrat.objects.filter(contrat__in=[un.pk for un in lus], sortie=None)
        .select_related("medecin")
        .order_by("pk")
    ):
        membres.setdefault(un.contrat_id, []).append(un.medecin)
    changes = []
    for contrat in lus:
        mots = mots_du_contrat(contrat, membres.get(contrat.pk, ()))
        if mots != contrat.recherche:
            contrat.recherche = mots
            changes.append(contrat)
    Contrat.objects.bulk_update(changes, ["recherche"], batch_size=500)


def contrats_des_medecins(medecins: Iterable[int]) -> QuerySet[Contrat]:
    """The contracts that name some doctors."""
    numeros = list(medecins)
    groupes = MembreDuContrat.objects.filter(medecin__in=numeros).values("contrat")
    return Contrat.objects.filter(Q(medecin__in=numeros) | Q(pk__in=groupes))


def qui_repond(q: str) -> Q:
    """The contracts that hold every word of what was typed, in any order; everything where nothing was."""
    condition = Q()
    for mot in plier(coller_les_nombres(q)).split():
        condition &= Q(recherche__contains=mot)
    return condition
