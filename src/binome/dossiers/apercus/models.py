"""The page images that were drawn."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class PageDApercu(models.Model):
    """One page of a document as an image. `fichier` is its name on the shelf of page images."""

    piece = models.ForeignKey(
        "dossiers.Piece", on_delete=models.CASCADE, related_name="pages_dessinees"
    )
    rang = models.PositiveSmallIntegerField()
    fichier = models.CharField(max_length=80, unique=True)

    class Meta:
        ordering = ("piece", "rang")
        verbose_name_plural = "pages d’aperçu"
        constraints = (
            models.UniqueConstraint(
                fields=["piece", "rang"], name="dossiers_page_dessinee_une_fois"
            ),
            models.CheckConstraint(name="dossiers_page_des_la_premiere", condition=Q(rang__gte=1)),
        )

    def __str__(self) -> str:
        return f"page {self.rang} de la pièce {self.piece_id}"
