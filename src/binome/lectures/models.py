"""The openings, as the database keeps them for a time."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from binome.comptes.models import Organisation, Personne


class ObjetLu(models.TextChoices):
    """What was opened."""

    DOSSIER = "dossier", "Le dossier"
    PIECE = "piece", "Une pièce, lue"
    APERCU = "apercu", "Les pages d’une pièce"
    FICHIER = "fichier", "Une pièce, téléchargée"
    LETTRE = "lettre", "La lettre de décision"
    EXPORT = "export", "Un export"


class Lecture(models.Model):
    """One opening. `cle` is the same for the same person, object and slice of time: counted once.

    `pour` is whose eyes support looked through; `organisation` and `role` are the side that opened.
    `dossier` is a reference, `numero` the document or the decision within it.
    """

    cle = models.CharField(max_length=32, primary_key=True)
    instant = models.DateTimeField()
    personne = models.ForeignKey(Personne, null=True, on_delete=models.SET_NULL, related_name="+")
    pour = models.ForeignKey(Personne, null=True, on_delete=models.SET_NULL, related_name="+")
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    role = models.CharField(max_length=16, blank=True)
    genre = models.CharField(max_length=8, choices=ObjetLu.choices)
    dossier = models.CharField(max_length=20)
    numero = models.PositiveBigIntegerField(null=True)

    class Meta:
        ordering = ("-instant", "cle")
        indexes = (
            models.Index(fields=["dossier", "-instant"], name="lectures_du_dossier"),
            models.Index(fields=["personne", "-instant"], name="lectures_de_la_personne"),
            models.Index(fields=["pour"], name="lectures_a_la_place"),
            models.Index(fields=["instant"], name="lectures_par_age"),
        )
        constraints = (
            models.CheckConstraint(
                name="lectures_genre_connu", condition=Q(genre__in=ObjetLu.values)
            ),
            models.CheckConstraint(name="lectures_d_un_dossier", condition=~Q(dossier="")),
        )

    def __str__(self) -> str:
        return f"{self.genre} {self.dossier}"
