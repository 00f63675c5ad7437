"""The sealed letters that follow that of a decision."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from binome.dossiers.models import Decision, Dossier, Recours


class Genre(models.TextChoices):
    """What a letter that follows says."""

    RECOURS = "recours", "Réponse au recours"
    NOM = "nom", "Lettre de décision au nom corrigé"


class LettreDeSuite(models.Model):
    """A letter to seal, then sealed: what was answered to an appeal, or a decision's again once a name was corrected.

    `remplace` is the one of before that name. `sceau` is the name of the file on the shelf, `sceau_empreinte` its SHA-256.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="lettres")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="suites")
    recours = models.ForeignKey(
        Recours, null=True, on_delete=models.PROTECT, related_name="lettres"
    )
    remplace = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="remplacee_par"
    )
    genre = models.CharField(max_length=8, choices=Genre.choices)
    demandee_le = models.DateTimeField()
    sceau = models.CharField(max_length=80, blank=True)
    sceau_empreinte = models.CharField(max_length=64, blank=True)
    scellee_le = models.DateTimeField(null=True)

    class Meta:
        ordering = ("dossier", "pk")
        verbose_name = "lettre de suite"
        verbose_name_plural = "lettres de suite"
        indexes = (
            models.Index(
                fields=["demandee_le", "id"], condition=Q(sceau=""), name="lettres_a_sceller"
            ),
        )
        constraints = (
            models.CheckConstraint(name="lettres_genre_connu", condition=Q(genre__in=Genre.values)),
            models.CheckConstraint(
                name="lettres_reponse_d_un_recours",
                condition=Q(genre=Genre.RECOURS, recours__isnull=False)
                | (~Q(genre=Genre.RECOURS) & Q(recours__isnull=True)),
            ),
            models.UniqueConstraint(
                fields=["recours"],
                condition=Q(remplace__isnull=True),
                name="lettres_une_par_recours",
            ),
            models.CheckConstraint(
                name="lettres_sceau_entier",
                condition=Q(sceau="", sceau_empreinte="", scellee_le__isnull=True)
                | (~Q(sceau="") & ~Q(sceau_empreinte="") & Q(scellee_le__isnull=False)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.genre} {self.pk}"
