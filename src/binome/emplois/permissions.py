"""Which jobs a person reads, as an employer, a tutor or a group: the days count, to the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from binome.comptes.roles import EMPLOYEUR, GROUPEMENT, TUTEUR
from binome.emplois.models import Adhesion, Emploi

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from binome.comptes.acteur import Acteur


def _ce_jour(jour: date) -> Q:
    """What has begun, as far as one knows, and is not over."""
    return (Q(du__isnull=True) | Q(du__lte=jour)) & (Q(au__isnull=True) | Q(au__gte=jour))


def en_cours(jour: date | None = None) -> QuerySet[Emploi]:
    """The jobs that last on a day, today unless one is given."""
    return Emploi.objects.filter(_ce_jour(jour or timezone.localdate()), retire_le__isnull=True)


def employe(acteur: Acteur) -> bool:
    """Whether a person acts for an employer: what follows asks nothing of the database for anyone else."""
    return acteur.a_role(EMPLOYEUR, TUTEUR, GROUPEMENT)


def emplois_lus(acteur: Acteur) -> QuerySet[Emploi]:
    """The jobs under way that a person reads: those of their practice, those of their group and of its members."""
    siens = Q(employeur__in=acteur.organisations(EMPLOYEUR, TUTEUR, GROUPEMENT))
    groupements = acteur.organisations(GROUPEMENT)
    if groupements:
        membres = Adhesion.objects.filter(
            _ce_jour(timezone.localdate()), groupement__in=groupements
        )
        siens |= Q(employeur__in=membres.order_by().values("membre"))
    return en_cours().filter(siens)
