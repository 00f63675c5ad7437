"""What an employer spent for a training, with its receipt, and what a trainee advanced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from binome.comptes.models import Organisation, Personne
from binome.factures.etats import (
    EtatDAvance,
    EtatDeDepense,
    NatureDeDepense,
    RaisonDeRefusDeDepense,
)
from binome.gestes.modele import Suivi
from binome.prises_en_charge.models import PriseEnCharge
from binome.regles.calendrier import date_en_clair
from binome.socle.contraintes import parmi

if TYPE_CHECKING:
    from datetime import date, datetime


class Depense(Suivi):
    """An expense of one day: its kind, cents, its receipt. `proche`: the organisation is the near one, as the employer declares it; None for meals, which no condition touches."""

    etat = models.CharField(
        max_length=10, choices=EtatDeDepense.choices, default=EtatDeDepense.DECLAREE
    )
    prise_en_charge = models.ForeignKey(
        PriseEnCharge, on_delete=models.PROTECT, related_name="depenses"
    )
    employeur = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    payeur = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    nature = models.CharField(max_length=12, choices=NatureDeDepense.choices)
    jour: models.DateField[date, date] = models.DateField()
    montant_cents = models.PositiveIntegerField()
    proche: models.BooleanField[bool | None, bool | None] = models.BooleanField(null=True)
    fichier = models.CharField(max_length=100, blank=True)
    empreinte = models.CharField(max_length=64)
    declaree_le = models.DateTimeField()
    declaree_par = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")
    raison = models.CharField(max_length=10, blank=True, choices=RaisonDeRefusDeDepense.choices)
    repondue_le: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )

    class Meta:
        ordering = ("-jour", "-pk")
        verbose_name = "dépense"
        verbose_name_plural = "dépenses"
        indexes = (
            models.Index(fields=["employeur", "-jour", "-id"], name="depenses_de_l_employeur"),
            models.Index(fields=["payeur", "etat", "-jour"], name="depenses_du_payeur"),
            models.Index(fields=["empreinte"], name="depenses_du_justificatif"),
        )
        constraints = (
            parmi("etat", EtatDeDepense),
            parmi("nature", NatureDeDepense),
            models.CheckConstraint(name="depenses_plus_de_zero", condition=Q(montant_cents__gte=1)),
            models.UniqueConstraint(
                fields=["prise_en_charge", "empreinte", "nature", "jour"],
                condition=~Q(etat=EtatDeDepense.RETIREE),
                name="depenses_un_justificatif_une_fois",
            ),
            models.CheckConstraint(
                name="depenses_refus_motive",
                condition=Q(etat=EtatDeDepense.REFUSEE, raison__in=RaisonDeRefusDeDepense.values)
                | ~Q(etat=EtatDeDepense.REFUSEE) & Q(raison=""),
            ),
            models.CheckConstraint(
                name="depenses_repas_sans_condition",
                condition=Q(nature=NatureDeDepense.REPAS, proche__isnull=True)
                | ~Q(nature=NatureDeDepense.REPAS) & Q(proche__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_nature_display()} du {date_en_clair(self.jour)}"


class Avance(Suivi):
    """What a trainee paid for the training that their employer owes them, until it is paid back. Cents."""

    etat = models.CharField(max_length=10, choices=EtatDAvance.choices, default=EtatDAvance.DUE)
    prise_en_charge = models.ForeignKey(
        PriseEnCharge, on_delete=models.PROTECT, related_name="avances"
    )
    employeur = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    nature = models.CharField(max_length=12, choices=NatureDeDepense.choices)
    jour: models.DateField[date, date] = models.DateField()
    montant_cents = models.PositiveIntegerField()
    dite_le = models.DateTimeField()
    rendue_le: models.DateField[date | None, date | None] = models.DateField(null=True)

    class Meta:
        ordering = ("-jour", "-pk")
        verbose_name = "avance"
        indexes = (
            models.Index(fields=["employeur", "etat", "-jour"], name="avances_de_l_employeur"),
        )
        constraints = (
            parmi("etat", EtatDAvance),
            parmi("nature", NatureDeDepense),
            models.CheckConstraint(name="avances_plus_de_zero", condition=Q(montant_cents__gte=1)),
            models.UniqueConstraint(
                fields=["prise_en_charge", "nature", "jour", "montant_cents"],
                condition=~Q(etat=EtatDAvance.RETIREE),
                name="avances_une_fois",
            ),
            models.CheckConstraint(
                name="avances_rendues_le_jour_dit",
                condition=Q(
                    etat=EtatDAvance.RENDUE, rendue_le__isnull=False, rendue_le__gte=F("jour")
                )
                | ~Q(etat=EtatDAvance.RENDUE) & Q(rendue_le__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_nature_display()} du {date_en_clair(self.jour)}"
