"""Notifying decisions: once sealed, once the hour is past, and never one that was undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from binome.dossiers.flux import FLUX
from binome.dossiers.models import Decision
from binome.gestes.auteur import Maison
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

LOT: Final = 100


def _a_notifier(maintenant: datetime) -> QuerySet[Decision]:
    return Decision.objects.filter(
        notifiee_le__isnull=True,
        annulee_le__isnull=True,
        notifiable_des__lte=maintenant,
        dossier__anonyme_le__isnull=True,
    ).exclude(sceau="")


@transaction.atomic
def notifier_une(decision: Decision, maintenant: datetime) -> bool:
    """Notifies one decision and queues its mails; False when it may not be, or was already."""
    if not _a_notifier(maintenant).filter(pk=decision.pk).exists():
        return False
    dossier = decision.dossier
    donnees = {"decision": decision, "le": maintenant}
    try:
        faire(FLUX, "notifier", dossier, Maison(), version=dossier.version, donnees=donnees)
    except GesteImpossible:  # taken back or withdrawn meanwhile; another runner was first
        return False
    return True


def notifier() -> int:
    """Notifies a lot of the decisions that are due; how many."""
    maintenant = timezone.now()
    dues = (
        _a_notifier(maintenant)
        .select_related("dossier__organisme", "dossier__candidat")
        .order_by("notifiable_des", "pk")[:LOT]
    )
    return sum(notifier_une(une, maintenant) for une in list(dues))
