"""What was published of a dataset on a day, byte for byte."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Millesime(models.Model):
    """One vintage. `empreinte` is the SHA-256 of the CSV, and its address; `contenu` holds it, squeezed by zlib.

    `schema` is the Table Schema of that day: the columns of a dataset may change, those of a vintage do not.
    Neither changed nor deleted: the database refuses both.
    """

    jeu = models.SlugField(max_length=40)
    jour = models.DateField()
    empreinte = models.CharField(max_length=64)
    lignes = models.PositiveIntegerField()
    octets = models.PositiveIntegerField()
    contenu = models.BinaryField()
    schema = models.JSONField()

    class Meta:
        ordering = ("jeu", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["jeu", "jour", "empreinte"], name="donnees_ouvertes_millesime_unique"
            ),
            models.CheckConstraint(
                name="donnees_ouvertes_millesime_entier",
                condition=~Q(jeu="") & ~Q(empreinte="") & Q(octets__gte=1),
            ),
        )
        indexes = (models.Index(fields=["jeu", "empreinte"], name="donnees_ouvertes_par_adresse"),)

    def __str__(self) -> str:
        return f"{self.jeu} {self.jour}"
