"""Dossiers of what may be one and the same person."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from django.db.models import Q, Value
from django.db.models.functions import Lower

from binome.dossiers.etats import Etat
from binome.dossiers.models import Dossier
from binome.regles.taches import plier

if TYPE_CHECKING:
    from django.db.models import QuerySet


def cle_de_recherche(prenom: str, nom: str) -> str:
    """Folded names, the words in order: « Léa MARTIN-DÜRR » and « martin durr lea » are one."""
    mots = plier(f"{nom} {prenom}").replace("-", " ").replace("'", " ").split()
    return " ".join(sorted(mots))[:240]


def doublons(dossier: Dossier) -> QuerySet[Dossier]:
    """The other dossiers that share two marks of a person, or the address, and are still alive.

    The marks are the folded names, the birth date and the employer's SIRET or RPPS: a slip in one of them
    (a married name, a day for a month) leaves the two others.
    """
    nom = Q(recherche=dossier.recherche) if dossier.recherche else None
    jour = Q(naissance=dossier.naissance) if dossier.naissance is not None else None
    cabinet = (
        Q(employeur_identifiant=dossier.employeur_identifiant)
        if dossier.employeur_identifiant
        else None
    )
    meme = Q(pk__in=())
    for une, autre in combinations((nom, jour, cabinet), 2):
        if une is not None and autre is not None:
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
    adresse = un.courriel.lower()
    communes = {
        "même nom": un.recherche and un.recherche == autre.recherche,
        "même date de naissance": un.naissance and un.naissance == autre.naissance,
        "même employeur": un.employeur_identifiant
        and un.employeur_identifiant == autre.employeur_identifiant,
        "même adresse électronique": adresse and adresse == autre.courriel.lower(),
    }
    return ", ".join(mots for mots, vrai in communes.items() if vrai)
