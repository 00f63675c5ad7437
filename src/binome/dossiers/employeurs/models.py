"""A dossier followed because of a job: its employer reads it while the job lasts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from binome.emplois.models import Emploi

if TYPE_CHECKING:
    from datetime import datetime


class EmploiSuivi(models.Model):
    """One job of a dossier's candidate, as the organisation that files it said; closed rather than deleted.

    A job may be followed in several dossiers of one person; each organisation says it for its own alone.
    """

    dossier = models.ForeignKey(
        "dossiers.Dossier", on_delete=models.PROTECT, related_name="emplois_suivis"
    )
    emploi = models.ForeignKey(Emploi, on_delete=models.PROTECT, related_name="suivis")
    clos_le: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["dossier", "emploi"],
                condition=Q(clos_le__isnull=True),
                name="dossiers_emploi_suivi_une_fois",
            ),
        )

    def __str__(self) -> str:
        return f"emploi suivi {self.pk}"
