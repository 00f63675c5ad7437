"""The invoice, and the credit note: one model, one suite of numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from binome.comptes.models import Organisation, Personne
from binome.factures.etats import EtatDeFacture, NatureDeFacture, RaisonDAvoir
from binome.gestes.modele import Suivi
from binome.prises_en_charge.models import PriseEnCharge
from binome.socle.contraintes import parmi

if TYPE_CHECKING:
    from datetime import date, datetime


class Facture(Suivi):
    """An invoice that an organisation issues under an agreement, or a credit note of one (`corrige`): never changed.

    `rang` counts within `annee`, without gap, for each organisation. Buyer and payer are apart: `acheteur` who bought,
    where it is an organisation of Binôme, `payeur` who pays. `contenu` is what the paper says, as it was when it was issued; it names
    no trainee. `fichier` is the sealed paper on its shelf, `empreinte` its SHA-256; both empty until it is sealed.
    """

    etat = models.CharField(
        max_length=10, choices=EtatDeFacture.choices, default=EtatDeFacture.EMISE
    )
    nature = models.CharField(max_length=7, choices=NatureDeFacture.choices)
    organisme = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="factures")
    annee = models.PositiveSmallIntegerField()
    rang = models.PositiveIntegerField()
    prise_en_charge = models.ForeignKey(
        PriseEnCharge, on_delete=models.PROTECT, related_name="factures"
    )
    payeur = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    acheteur = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    corrige = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="avoirs")
    raison = models.CharField(max_length=10, blank=True, choices=RaisonDAvoir.choices)
    le: models.DateField[date, date] = models.DateField()
    echeance: models.DateField[date, date] = models.DateField()
    total_cents = models.PositiveBigIntegerField()
    contenu = models.JSONField(default=dict)
    emise_par = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")
    essai = models.BooleanField(default=False)
    fichier = models.CharField(max_length=100, blank=True)
    empreinte = models.CharField(max_length=64, blank=True)
    scelle_le: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )

    class Meta:
        ordering = ("-annee", "-rang", "-pk")
        verbose_name = "facture"
        indexes = (
            models.Index(fields=["organisme", "-annee", "-rang"], name="factures_de_l_organisme"),
            models.Index(fields=["payeur", "echeance", "id"], name="factures_du_payeur"),
        )
        constraints = (
            parmi("etat", EtatDeFacture),
            parmi("nature", NatureDeFacture),
            models.UniqueConstraint(
                fields=["organisme", "annee", "rang"], name="factures_un_numero_une_fois"
            ),
            models.CheckConstraint(
                name="factures_plus_de_zero", condition=Q(rang__gte=1, total_cents__gte=1)
            ),
            models.CheckConstraint(
                name="factures_un_avoir_corrige",
                condition=Q(nature=NatureDeFacture.FACTURE, corrige__isnull=True, raison="")
                | Q(
                    nature=NatureDeFacture.AVOIR,
                    corrige__isnull=False,
                    raison__in=RaisonDAvoir.values,
                ),
            ),
            models.CheckConstraint(
                name="factures_echeance_apres", condition=Q(echeance__gte=F("le"))
            ),
            models.CheckConstraint(
                name="factures_un_papier_a_son_empreinte",
                condition=Q(fichier="", empreinte="", scelle_le__isnull=True)
                | ~Q(fichier="") & ~Q(empreinte="") & Q(scelle_le__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_nature_display()} {self.numero}"

    @property
    def numero(self) -> str:
        """Its number, as it is printed."""
        return f"{self.annee}-{self.rang:05}"
