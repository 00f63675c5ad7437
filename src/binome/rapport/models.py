"""What was counted for a table of the report on a day, once it could be shown."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class ReleveDeTableau(models.Model):
    """One count that is public: `valeurs` by row, `lus` of `total` known; `exemple`: of made-up people. Never changed.

    What may not be shown has no row: nobody finds it here.
    """

    tableau = models.SlugField(max_length=20)
    au = models.DateField()
    fait_le = models.DateTimeField()
    valeurs = models.JSONField()
    lus = models.PositiveIntegerField()
    total = models.PositiveIntegerField()
    exemple = models.BooleanField()

    class Meta:
        ordering = ("tableau", "-au", "-pk")
        verbose_name = "relevé d’un tableau du rapport"
        verbose_name_plural = "relevés des tableaux du rapport"
        constraints = (
            models.UniqueConstraint(fields=["tableau", "au"], name="rapport_un_releve_par_jour"),
            models.CheckConstraint(
                name="rapport_lus_parmi_tous", condition=~Q(tableau="") & Q(lus__lte=F("total"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.tableau} {self.au}"
