"""Scales that a payer enters, since nobody publishes them, and the funds that it says it has; never changed, another follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from binome.comptes.models import Organisation, Personne
from binome.prises_en_charge.etats import VoieDePaiement
from binome.prises_en_charge.garde_fous import TAUX_AU_PLUS
from binome.socle.contraintes import parmi

if TYPE_CHECKING:
    from datetime import date


class BaremeDuPayeur(models.Model):
    """What a payer pays by one route, from one day to another included, with the document that says so.

    Cents of an hour; `taux_salaire_cents` and `plafond_cents` are None where it pays no wages, or has no ceiling for a path. `essai`:
    made up, and every page says so.
    """

    payeur = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="baremes")
    voie = models.CharField(max_length=30, choices=VoieDePaiement.choices)
    du: models.DateField[date, date] = models.DateField()
    au: models.DateField[date | None, date | None] = models.DateField(null=True)
    taux_horaire_cents = models.PositiveIntegerField()
    taux_salaire_cents: models.PositiveIntegerField[int | None, int | None] = (
        models.PositiveIntegerField(null=True)
    )
    plafond_cents: models.PositiveIntegerField[int | None, int | None] = (
        models.PositiveIntegerField(null=True)
    )
    document = models.CharField(max_length=200)
    fichier = models.CharField(max_length=100, blank=True)
    empreinte = models.CharField(max_length=64, blank=True)
    dit_le = models.DateTimeField()
    par = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")
    essai = models.BooleanField(default=False)

    class Meta:
        ordering = ("payeur", "voie", "-du", "-pk")
        verbose_name = "barème d’un financeur"
        verbose_name_plural = "barèmes des financeurs"
        constraints = (
            parmi("voie", VoieDePaiement),
            models.CheckConstraint(
                name="baremes_dans_l_ordre", condition=Q(au__isnull=True) | Q(au__gte=F("du"))
            ),
            models.CheckConstraint(
                name="baremes_un_taux",
                condition=Q(taux_horaire_cents__gte=1, taux_horaire_cents__lte=TAUX_AU_PLUS)
                & (Q(taux_salaire_cents__isnull=True) | Q(taux_salaire_cents__lte=TAUX_AU_PLUS)),
            ),
            models.CheckConstraint(name="baremes_avec_leur_document", condition=~Q(document="")),
        )

    def __str__(self) -> str:
        return f"barème {self.pk}"


class EnveloppeDuPayeur(models.Model):
    """The funds that a payer says it has for a year, by one route or, `voie` empty, by all: the last one said holds."""

    payeur = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="enveloppes")
    annee = models.PositiveSmallIntegerField()
    voie = models.CharField(max_length=30, blank=True, choices=VoieDePaiement.choices)
    montant_cents = models.PositiveBigIntegerField()
    dite_le = models.DateTimeField()
    par = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")
    essai = models.BooleanField(default=False)

    class Meta:
        ordering = ("payeur", "-annee", "voie", "-pk")
        verbose_name = "enveloppe d’un financeur"
        verbose_name_plural = "enveloppes des financeurs"
        constraints = (
            models.CheckConstraint(
                name="enveloppes_une_voie_connue",
                condition=Q(voie="") | Q(voie__in=VoieDePaiement.values),
            ),
            models.CheckConstraint(
                name="enveloppes_une_annee", condition=Q(annee__gte=2020, annee__lte=2100)
            ),
        )

    def __str__(self) -> str:
        return f"enveloppe {self.annee}"
