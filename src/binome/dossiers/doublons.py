"""Dossiers of what may be one and the same person."""

from __future__ import annotations

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
    """The other dossiers with the same folded names and birth date, or the same address, still alive."""
    meme = Q(pk__in=())
    if dossier.recherche and dossier.naissance is not None:
        meme |= Q(recherche=dossier.recherche, naissance=dossier.naissance)
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
