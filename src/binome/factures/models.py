"""Invoices numbered without gap and never changed, and the lines that bill months."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from binome.comptes.models import Organisation, Personne
from binome.factures.depenses_modeles import Avance, Depense
from binome.factures.etats import NatureDeFacture
from binome.factures.facture_modele import Facture
from binome.factures.reglements_modeles import FichierDeBanque, Lettrage, Reglement
from binome.prises_en_charge.models import EtatDeService
from binome.socle.contraintes import parmi

if TYPE_CHECKING:
    from datetime import date

__all__ = (
    "Avance",
    "Depense",
    "Facture",
    "FichierDeBanque",
    "Lettrage",
    "LigneDeFacture",
    "MentionsDeFacture",
    "NumerotationDeFactures",
    "Reglement",
)


class NumerotationDeFactures(models.Model):
    """The row that whoever draws a number of an organisation's year holds meanwhile; the numbers are those of the invoices."""

    organisme = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    annee = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "numérotation de factures"
        constraints = (
            models.UniqueConstraint(fields=["organisme", "annee"], name="factures_une_suite_par_an"),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.organisme_id} {self.annee}"


class MentionsDeFacture(models.Model):
    """What an organisation gives once for its invoices, from an instant on; never changed, another version follows.

    `attestation_le` is the day of its attestation of exemption (form 3511): without it no invoice is exempt, and Binôme
    writes no other. No source of ours tells the terms of payment: they are its own words. `delai` in days.
    """

    organisme = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    du = models.DateTimeField()
    adresse = models.CharField(max_length=200)
    code_postal = models.CharField(max_length=5)
    ville = models.CharField(max_length=100)
    declaration = models.CharField(max_length=20)
    attestation_le: models.DateField[date, date] = models.DateField()
    numero_de_tva = models.CharField(max_length=15, blank=True)
    iban = models.CharField(max_length=34, blank=True)
    delai = models.PositiveSmallIntegerField()
    penalites = models.CharField(max_length=300)
    indemnite = models.CharField(max_length=300)
    escompte = models.CharField(max_length=300)
    essai = models.BooleanField(default=False)
    par = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("organisme", "-du", "-pk")
        verbose_name = "mentions de factures"
        verbose_name_plural = "mentions de factures"

    def __str__(self) -> str:
        return f"mentions de factures {self.pk}"


class LigneDeFacture(models.Model):
    """A month that an invoice bills, or that a credit note takes back (`corrige`, the line it takes back).

    `fois` counts how many times the month was billed: a month whose line was taken back may be billed again, and two
    people who bill it at once bill it once. `du` and `au` are both included.
    """

    facture = models.ForeignKey(Facture, on_delete=models.PROTECT, related_name="lignes")
    sens = models.CharField(max_length=7, choices=NatureDeFacture.choices)
    etat_de_service = models.ForeignKey(
        EtatDeService, on_delete=models.PROTECT, related_name="lignes_de_facture"
    )
    fois = models.PositiveSmallIntegerField(default=1)
    corrige = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="avoir"
    )
    designation = models.CharField(max_length=200)
    du: models.DateField[date, date] = models.DateField()
    au: models.DateField[date, date] = models.DateField()
    minutes = models.PositiveIntegerField()
    taux_cents = models.PositiveIntegerField()
    montant_cents = models.PositiveIntegerField()

    class Meta:
        ordering = ("facture", "pk")
        verbose_name = "ligne de facture"
        verbose_name_plural = "lignes de facture"
        constraints = (
            parmi("sens", NatureDeFacture),
            models.UniqueConstraint(
                fields=["etat_de_service", "sens", "fois"], name="factures_un_mois_une_fois"
            ),
            models.CheckConstraint(
                name="factures_une_ligne_est_positive",
                condition=Q(montant_cents__gte=1, minutes__gte=1, du__lte=F("au")),
            ),
            models.CheckConstraint(
                name="factures_une_ligne_d_avoir_corrige",
                condition=Q(sens=NatureDeFacture.FACTURE, corrige__isnull=True)
                | Q(sens=NatureDeFacture.AVOIR, corrige__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.designation
