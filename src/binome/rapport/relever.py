"""Counts the tables that live, on the last day of the month, and keeps those that may be shown."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from binome.contrats_d_aide.models import Contrat
from binome.dossiers.models import Dossier
from binome.rapport.models import ReleveDeTableau
from binome.rapport.publier import cases_de, publiable
from binome.rapport.tableau import CompteDuRapport
from binome.rapport.tableaux.tous import TABLEAUX
from binome.secret.seuils import seuils
from binome.trames.extraire import extraire

if TYPE_CHECKING:
    from binome.trames.cadres import Trames


def relever_les_tableaux() -> int:
    """The tables of the month that is over, once; how many were kept. Raises MoteurAbsent, ReglageRefuse."""
    au = timezone.localdate().replace(day=1) - timedelta(days=1)
    if ReleveDeTableau.objects.filter(au=au).exists():
        return 0
    return garder(extraire(au))


def garder(trames: Trames) -> int:
    """Keeps each table that may be shown, beside what was shown of it before; how many were."""
    tenus, fait_le = seuils(), timezone.now()
    comptes = {code: un.compter(trames) for code, un in TABLEAUX.items() if un.compter is not None}
    exemple = _d_exemple()
    with transaction.atomic():
        montrables = [
            ReleveDeTableau(
                tableau=code,
                au=trames.au,
                fait_le=fait_le,
                valeurs=dict(compte.valeurs),
                lus=compte.lus,
                total=compte.total,
                exemple=exemple,
            )
            for code, compte in comptes.items()
            if publiable(TABLEAUX[code], compte, _avant(code), tenus)
        ]
        ReleveDeTableau.objects.bulk_create(montrables)
    return len(montrables)


def _avant(code: str) -> dict[str, int] | None:
    """The cells of a table as they were shown last."""
    dernier = ReleveDeTableau.objects.filter(tableau=code).order_by("-au", "-pk").first()
    return None if dernier is None else cases_de(compte_de(dernier))


def compte_de(releve: ReleveDeTableau) -> CompteDuRapport:
    """What was counted, as it was kept."""
    return CompteDuRapport(releve.valeurs, releve.lus, releve.total)


def _d_exemple() -> bool:
    """Whether made-up people are in the database."""
    exemples = Dossier.objects.filter(exemple=True).exists()
    return exemples or Contrat.objects.filter(caisse__exemple=True).exists()
