"""What was counted again when the rules changed: once for each base, with who gains and who loses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from datetime import datetime

_Sortie = models.BigIntegerField


class RecompteDeContrats(models.Model):
    """Every contract counted under one base, by lots: `jusqu_a` is the number of the last one that was.

    `horloges` are the clocks that moved; `gagnent` and `perdent` the contracts that are promised more or less, `incertains` those
    whose sum became known, or is no longer.
    """

    base = models.CharField(max_length=80, unique=True)
    commence_le: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    fini_le: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )
    jusqu_a = models.BigIntegerField(default=0)
    lus = models.PositiveIntegerField(default=0)
    horloges = models.PositiveIntegerField(default=0)
    gagnent = models.PositiveIntegerField(default=0)
    perdent = models.PositiveIntegerField(default=0)
    incertains = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-commence_le", "-pk")
        verbose_name = "recompte des contrats d’aide"
        verbose_name_plural = "recomptes des contrats d’aide"

    def __str__(self) -> str:
        return f"recompte {self.pk}"


class EcartDeContrat(models.Model):
    """A contract whose five years are not worth the same since the rules changed, in cents; None where one year is unknown."""

    recompte = models.ForeignKey(
        RecompteDeContrats, on_delete=models.PROTECT, related_name="ecarts"
    )
    contrat = models.ForeignKey(
        "contrats_d_aide.Contrat", on_delete=models.PROTECT, related_name="ecarts"
    )
    avant_cents: _Sortie[int | None, int | None] = _Sortie(null=True)
    apres_cents: _Sortie[int | None, int | None] = _Sortie(null=True)

    class Meta:
        ordering = ("recompte", "contrat")
        verbose_name = "écart d’un contrat d’aide"
        verbose_name_plural = "écarts des contrats d’aide"
        constraints = (
            models.UniqueConstraint(
                fields=["recompte", "contrat"], name="contrats_un_ecart_par_recompte"
            ),
            models.CheckConstraint(
                name="contrats_un_ecart_ecarte",
                condition=Q(avant_cents__isnull=True)
                | Q(apres_cents__isnull=True)
                | ~Q(avant_cents=models.F("apres_cents")),
            ),
        )

    def __str__(self) -> str:
        return f"écart {self.pk}"


class CompteDeContrat(models.Model):
    """What the rows of a contract were last counted as, in one hash: counted alike again, they are not even read."""

    contrat = models.OneToOneField(
        "contrats_d_aide.Contrat", on_delete=models.PROTECT, related_name="compte"
    )
    empreinte = models.CharField(max_length=32)

    class Meta:
        verbose_name = "compte d’un contrat d’aide"
        verbose_name_plural = "comptes des contrats d’aide"

    def __str__(self) -> str:
        return f"compte {self.pk}"
