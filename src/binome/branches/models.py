"""The words of a branch, version after version: a letter keeps those of its day."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from binome.comptes.models import Organisation, Personne


class TextesDeBranche(models.Model):
    """What a branch wrote for its letters, from an instant on; never changed, another version follows.

    `delai_jours` is how long a decision may be contested once notified, in days: no text that we know gives it, so
    the branch does; None while it has not.
    """

    branche = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    du = models.DateTimeField()
    entete = models.TextField(blank=True)
    contact = models.TextField(blank=True)
    signature = models.TextField(blank=True)
    recours = models.TextField(blank=True)
    delai_jours = models.PositiveSmallIntegerField(null=True)
    par = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("branche", "-du", "-pk")
        constraints = (
            models.CheckConstraint(
                name="branches_delai_possible",
                condition=Q(delai_jours__isnull=True) | Q(delai_jours__range=(1, 366)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.branche} {self.du:%Y-%m-%d}"
