"""Days on which who employs says that nobody was at a training: leave of a person, or the practice closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from binome.comptes.models import Organisation, Personne
from binome.parcours.models import Parcours

if TYPE_CHECKING:
    from datetime import date, datetime


class JoursDeConge(models.Model):
    """Days, both included: of who follows `parcours`, or of all the practice where it is None. Taken back, they stay, with when.

    Nothing says of which leave: it is nobody's business here.
    """

    employeur = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    parcours = models.ForeignKey(
        Parcours, null=True, on_delete=models.PROTECT, related_name="jours_de_conge"
    )
    du: models.DateField[date, date] = models.DateField()
    au: models.DateField[date, date] = models.DateField()
    dits_le = models.DateTimeField()
    par = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")
    retires_le: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )

    class Meta:
        ordering = ("-du", "-pk")
        verbose_name = "jours de congé"
        verbose_name_plural = "jours de congé"
        indexes = (models.Index(fields=["employeur", "du"], name="conges_de_l_employeur"),)
        constraints = (
            models.CheckConstraint(name="conges_dans_l_ordre", condition=Q(au__gte=F("du"))),
            models.UniqueConstraint(
                fields=["employeur", "parcours", "du", "au"],
                condition=Q(retires_le__isnull=True, parcours__isnull=False),
                name="conges_d_une_personne_une_fois",
            ),
            models.UniqueConstraint(
                fields=["employeur", "du", "au"],
                condition=Q(retires_le__isnull=True, parcours__isnull=True),
                name="conges_du_cabinet_une_fois",
            ),
        )

    def __str__(self) -> str:
        return f"jours de congé {self.pk}"
