"""Where the badges of a title stand in the status lists: a place drawn by chance, and never given twice."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

from django.db.models import Count, Max

from binome.journal.lignes import lignes
from binome.journal.services import Ecriture, ecrire_tout
from binome.titres.etats import NatureDeTitre
from binome.titres.models import Badge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from binome.titres.models import Titre

PLACES: Final = 131_072
"""Entries of a status list: below it, a place tells too much of whose it is."""
AU_PLUS: Final = PLACES // 2
"""Places given in a list before the next one begins: a free one is found at once."""
CREER: Final = "titres.badges"
"""The entry that keeps their places."""


def creer_les_badges(titres: Sequence[Titre]) -> None:
    """A badge for each CQP, and one for each bloc that a title certifies; a FAE has none. Within the lock of who delivers."""
    voulus = [
        Badge(titre=titre, bloc=bloc)
        for titre in titres
        if titre.nature != NatureDeTitre.FAE
        for bloc in ([0] if titre.nature == NatureDeTitre.CQP else []) + list(titre.blocs)
    ]
    if not voulus:
        return
    liste, pris = _liste_ouverte()
    for badge in voulus:
        if len(pris) >= AU_PLUS:
            liste, pris = liste + 1, set()
        indice = secrets.randbelow(PLACES)
        while indice in pris:
            indice = secrets.randbelow(PLACES)
        pris.add(indice)
        badge.liste, badge.indice = liste, indice
    Badge.objects.bulk_create(voulus, batch_size=500)
    ecrire_tout(
        [
            Ecriture(
                CREER, titre.objet, lignes=lignes([un for un in voulus if un.titre_id == titre.pk])
            )
            for titre in titres
            if any(un.titre_id == titre.pk for un in voulus)
        ]
    )


def _liste_ouverte() -> tuple[int, set[int]]:
    """The last list, and the places taken there."""
    derniere = Badge.objects.aggregate(une=Max("liste"))["une"] or 1
    if Badge.objects.filter(liste=derniere).aggregate(n=Count("pk"))["n"] >= AU_PLUS:
        return derniere + 1, set()
    return derniere, set(Badge.objects.filter(liste=derniere).values_list("indice", flat=True))
