"""A replay that was asked for, with what came out of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Rejeu(models.Model):
    """One replay of the live dossiers under a candidate base.

    `bilan` holds the counts and the rules; `lignes` the dossiers that change, as Parquet: references
    and answers, nothing personal. Neither is ever written again.
    """

    candidate = models.CharField(max_length=120)
    base_avant = models.CharField(max_length=80)
    base_apres = models.CharField(max_length=80)
    lus = models.PositiveIntegerField()
    changent = models.PositiveIntegerField()
    bilan = models.JSONField()
    lignes = models.BinaryField()
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    le = models.DateTimeField()

    class Meta:
        app_label = "dossiers"
        ordering = ("-le", "-pk")
        verbose_name_plural = "rejeux"
        constraints = (
            models.CheckConstraint(
                name="dossiers_rejeu_compte", condition=models.Q(changent__lte=models.F("lus"))
            ),
        )

    def __str__(self) -> str:
        return f"rejeu {self.pk}"
