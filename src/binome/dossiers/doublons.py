"""Dossiers of what may be one and the same person."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

from django.db.models import Q, Value
from django.db.models.functions import Lower

from binome.dossiers.etats import Etat
from binome.dossiers.models import Dossier

if TYPE_CHECKING:
    from django.db.models import QuerySet


MARQUES: Final = {
    "recherche": "même nom",
    "naissance": "même date de naissance",
    "naissance_annee": "même année de naissance",
    "employeur_identifiant": "même employeur",
}
"""The columns that tell a person, and how a page says that two dossiers share one."""


def doublons(dossier: Dossier) -> QuerySet[Dossier]:
    """The other dossiers that share two marks of a person, or the address, and are still alive.

    A slip in one mark (a married name, a day for a month) leaves the two others.
    """
    connues = [Q(**{champ: valeur}) for champ in MARQUES if (valeur := getattr(dossier, champ))]
    meme = Q(pk__in=())
    for une, autre in combinations(connues, 2):
        meme |= une & autre
    if dossier.courriel:
        # Both sides are lowered by the database, in the words of the index on this column.
        meme |= Q(courriel_bas=Lower(Value(dossier.courriel)))
    return (
        Dossier.objects.alias(courriel_bas=Lower("courriel"))
        .filter(meme, anonyme_le__isnull=True)
        .exclude(pk=dossier.pk)
        .exclude(etat=Etat.RETIRE)
        .order_by("cree_le", "pk")
    )


def marques_communes(un: Dossier, autre: Dossier) -> str:
    """Why two dossiers may be of one person, as their pages say it."""
    communes = [
        mots
        for champ, mots in MARQUES.items()
        if getattr(un, champ) and getattr(un, champ) == getattr(autre, champ)
    ]
    if un.courriel and un.courriel.lower() == autre.courriel.lower():
        communes.append("même adresse électronique")
    return ", ".join(communes)
