"""What was measured on a day, kept as it was: a reading, and its measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from binome.pilotage.perimetres import GenreDePerimetre
from binome.socle.contraintes import parmi

if TYPE_CHECKING:
    from datetime import date


class ReleveDuMois(models.Model):
    """One reading of every indicator. `au` is the last day of its data, included; `fait_le` the instant it was computed.

    `base` is the hash of the rule base that counted. `exemple`: made-up dossiers or contracts are in it. Neither changed nor
    deleted: the database refuses both. A month may be read again: the last reading of a day is the one shown, the others stay.
    """

    au: models.DateField[date, date] = models.DateField()
    fait_le = models.DateTimeField()
    base = models.CharField(max_length=80)
    exemple = models.BooleanField(default=False)

    class Meta:
        ordering = ("-au", "-pk")
        verbose_name = "relevé"
        indexes = (models.Index(fields=["-au", "-id"], name="pilotage_par_jour"),)
        constraints = (models.CheckConstraint(name="pilotage_releve_date", condition=~Q(base="")),)

    def __str__(self) -> str:
        return f"relevé {self.pk}"


class MesureRelevee(models.Model):
    """One indicator over one perimeter. `valeur` is in the unit of the indicator; None is unknown or hidden, and `pourquoi` says which.

    `numerateur` and `denominateur` are counts, minutes, days or cents. `lus` of `total` rows had the field that the indicator needs.
    """

    releve = models.ForeignKey(ReleveDuMois, on_delete=models.PROTECT, related_name="mesures")
    indicateur = models.CharField(max_length=40)
    genre = models.CharField(max_length=12, choices=GenreDePerimetre.choices)
    perimetre = models.CharField(max_length=40)
    valeur: models.BigIntegerField[int | None, int | None] = models.BigIntegerField(null=True)
    numerateur: models.BigIntegerField[int | None, int | None] = models.BigIntegerField(null=True)
    denominateur: models.BigIntegerField[int | None, int | None] = models.BigIntegerField(null=True)
    lus: models.PositiveIntegerField[int | None, int | None] = models.PositiveIntegerField(
        null=True
    )
    total: models.PositiveIntegerField[int | None, int | None] = models.PositiveIntegerField(
        null=True
    )
    pourquoi = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ("releve", "indicateur", "genre", "perimetre")
        verbose_name = "mesure"
        indexes = (
            models.Index(fields=["genre", "perimetre", "releve"], name="pilotage_du_perimetre"),
        )
        constraints = (
            parmi("genre", GenreDePerimetre),
            models.UniqueConstraint(
                fields=["releve", "indicateur", "genre", "perimetre"],
                name="pilotage_une_mesure_une_fois",
            ),
            models.CheckConstraint(
                name="pilotage_inconnue_dite",
                condition=Q(valeur=None) & ~Q(pourquoi="") | Q(valeur__isnull=False, pourquoi=""),
            ),
            models.CheckConstraint(
                name="pilotage_lus_du_total",
                condition=Q(lus=None, total=None) | Q(lus__lte=F("total")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.indicateur} {self.genre}:{self.perimetre}"
