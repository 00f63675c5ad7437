"""Payments that came in, the files that told of them, and the invoices that they pay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from binome.comptes.models import Organisation, Personne
from binome.factures.etats import EtatDuReglementRecu
from binome.factures.facture_modele import Facture
from binome.gestes.modele import Suivi
from binome.regles.calendrier import date_en_clair
from binome.socle.contraintes import parmi

if TYPE_CHECKING:
    from datetime import date, datetime


class FichierDeBanque(models.Model):
    """A bank's file that was read: its hash, so that it is noticed when it comes again; its bytes are not kept."""

    organisme = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    empreinte = models.CharField(max_length=64)
    format_lu = models.CharField(max_length=10)
    entrees = models.PositiveIntegerField()
    lu_le = models.DateTimeField()
    par = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-lu_le", "-pk")
        verbose_name = "fichier de banque"
        verbose_name_plural = "fichiers de banque"
        constraints = (
            models.UniqueConstraint(
                fields=["organisme", "empreinte"], name="factures_un_fichier_une_fois"
            ),
        )

    def __str__(self) -> str:
        return f"fichier de banque {self.pk}"


class Reglement(Suivi):
    """A payment that an organisation received. `cle` tells it from all others: the same line of two files is one payment.

    `texte` is what the bank prints of it, which may name a person: it is personal, and is kept as such.
    """

    etat = models.CharField(
        max_length=10, choices=EtatDuReglementRecu.choices, default=EtatDuReglementRecu.A_RAPPROCHER
    )
    organisme = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="reglements")
    jour: models.DateField[date, date] = models.DateField()
    montant_cents = models.PositiveBigIntegerField()
    texte = models.CharField(max_length=500, blank=True)
    cle = models.CharField(max_length=64)
    fichier = models.ForeignKey(
        FichierDeBanque, null=True, on_delete=models.PROTECT, related_name="reglements"
    )
    recu_le = models.DateTimeField()

    class Meta:
        ordering = ("-jour", "-pk")
        verbose_name = "règlement"
        indexes = (
            models.Index(fields=["organisme", "etat", "-jour"], name="reglements_de_l_organisme"),
        )
        constraints = (
            parmi("etat", EtatDuReglementRecu),
            models.UniqueConstraint(fields=["organisme", "cle"], name="reglements_une_fois"),
            models.CheckConstraint(name="reglements_plus_de_zero", condition=Q(montant_cents__gte=1)),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"règlement du {date_en_clair(self.jour)}"

    @property
    def sujet(self) -> str:
        """Whose key keeps what the bank prints: its own."""
        return self.objet


class Lettrage(models.Model):
    """What a payment pays of an invoice, in cents; taken back, it stays, with when."""

    reglement = models.ForeignKey(Reglement, on_delete=models.PROTECT, related_name="lettrages")
    facture = models.ForeignKey(Facture, on_delete=models.PROTECT, related_name="lettrages")
    montant_cents = models.PositiveBigIntegerField()
    le = models.DateTimeField()
    defait_le: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )

    class Meta:
        ordering = ("reglement", "pk")
        verbose_name = "lettrage"
        constraints = (
            models.CheckConstraint(
                name="lettrages_plus_de_zero", condition=Q(montant_cents__gte=1)
            ),
            models.UniqueConstraint(
                fields=["reglement", "facture"],
                condition=Q(defait_le__isnull=True),
                name="lettrages_une_facture_une_fois",
            ),
        )

    def __str__(self) -> str:
        return f"lettrage {self.pk}"
