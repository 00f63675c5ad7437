"""The dossiers that rows of a table may be about, compared by lots."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from django.db.models import Q
from django.db.models.functions import Lower

from binome.dossiers.doublons import MARQUES
from binome.dossiers.etats import Etat
from binome.dossiers.models import Dossier

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet


def marques(dossier: Dossier) -> list[tuple[object, ...]]:
    """What another dossier of the same person shares one of: two marks together, or the address."""
    connues = [(champ, valeur) for champ in MARQUES if (valeur := getattr(dossier, champ))]
    deux: list[tuple[object, ...]] = list(combinations(connues, 2))
    return [*deux, ("courriel", dossier.courriel.lower())] if dossier.courriel else deux


def proches(dossiers: Collection[Dossier]) -> QuerySet[Dossier]:
    """The kept dossiers, still alive, that may be of one of these people: `marques` says of which."""
    dits = {
        champ: {valeur for un in dossiers if (valeur := getattr(un, champ))} for champ in MARQUES
    }
    memes = Q(courriel_bas__in={un.courriel.lower() for un in dossiers if un.courriel})
    for un, autre in combinations(MARQUES, 2):
        memes |= Q(**{f"{un}__in": dits[un], f"{autre}__in": dits[autre]})
    return (
        Dossier.objects.alias(courriel_bas=Lower("courriel"))
        .filter(memes, anonyme_le__isnull=True)
        .exclude(etat=Etat.RETIRE)
        .order_by("cree_le", "pk")
    )
