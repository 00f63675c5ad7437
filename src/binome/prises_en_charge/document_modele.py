"""The documents that a request for funding is sent with."""

from __future__ import annotations

from django.db import models

from binome.comptes.models import Personne
from binome.prises_en_charge.etats import NatureDeDocument
from binome.socle.contraintes import parmi


class DocumentDePriseEnCharge(models.Model):
    """A document that a request is sent with, cleaned, on its shelf."""

    prise_en_charge = models.ForeignKey(
        "prises_en_charge.PriseEnCharge", on_delete=models.PROTECT, related_name="documents"
    )
    nature = models.CharField(max_length=12, choices=NatureDeDocument.choices)
    fichier = models.CharField(max_length=100, blank=True)
    empreinte = models.CharField(max_length=64)
    depose_le = models.DateTimeField()
    depose_par = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("prise_en_charge", "pk")
        verbose_name = "document d’une prise en charge"
        verbose_name_plural = "documents des prises en charge"
        constraints = (
            parmi("nature", NatureDeDocument),
            models.UniqueConstraint(
                fields=["prise_en_charge", "empreinte"], name="documents_de_prise_une_fois"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_nature_display()} {self.pk}"
