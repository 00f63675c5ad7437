"""What is asked of a contract, what is measured of it, and what is due: objectives, readings, payments, clocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from binome.comptes.models import Organisation, Personne
from binome.contrats_d_aide.etats import DitPar, EtatDeVersement, EtatDHorloge
from binome.socle.contraintes import parmi

if TYPE_CHECKING:
    from datetime import date, datetime

_Compte = models.PositiveIntegerField
ANNEES_AU_PLUS = 5
"""The years of a contract."""


class Objectif(models.Model):
    """The objective of one year of a contract, from its start to what is due; None where nobody told.

    `mt` are patients of a médecin traitant, `fa` the active file: for a collective contract, of the whole group. The caisse fixes
    them: `document` is the paper that says so, on its shelf.
    """

    contrat = models.ForeignKey(
        "contrats_d_aide.Contrat", on_delete=models.PROTECT, related_name="objectifs"
    )
    rang = models.PositiveSmallIntegerField()
    mt_depart: _Compte[int | None, int | None] = _Compte(null=True)
    fa_depart: _Compte[int | None, int | None] = _Compte(null=True)
    mt_attendu: _Compte[int | None, int | None] = _Compte(null=True)
    fa_attendu: _Compte[int | None, int | None] = _Compte(null=True)
    dit_par = models.CharField(max_length=10, choices=DitPar.choices, default=DitPar.CONTRAT)
    document = models.CharField(max_length=100, blank=True)
    empreinte = models.CharField(max_length=64, blank=True)
    saisi_le: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    saisi_par = models.ForeignKey(Personne, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("contrat", "rang")
        verbose_name = "objectif d’un contrat d’aide"
        verbose_name_plural = "objectifs des contrats d’aide"
        constraints = (
            parmi("dit_par", DitPar),
            models.UniqueConstraint(fields=["contrat", "rang"], name="contrats_un_objectif_par_an"),
            models.CheckConstraint(
                name="contrats_objectif_d_une_annee",
                condition=Q(rang__gte=1, rang__lte=ANNEES_AU_PLUS),
            ),
        )

    def __str__(self) -> str:
        return f"objectif {self.pk}"


class ReleveDActivite(models.Model):
    """What the patient list and the active file were on one day; None where nobody told."""

    contrat = models.ForeignKey(
        "contrats_d_aide.Contrat", on_delete=models.PROTECT, related_name="releves"
    )
    jour: models.DateField[date, date] = models.DateField()
    mt: _Compte[int | None, int | None] = _Compte(null=True)
    fa: _Compte[int | None, int | None] = _Compte(null=True)
    saisi_le: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    saisi_par = models.ForeignKey(Personne, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("contrat", "jour")
        verbose_name = "relevé d’un contrat d’aide"
        verbose_name_plural = "relevés des contrats d’aide"
        constraints = (
            models.UniqueConstraint(fields=["contrat", "jour"], name="contrats_un_releve_par_jour"),
            models.CheckConstraint(
                name="contrats_releve_de_quelque_chose",
                condition=Q(mt__isnull=False) | Q(fa__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"relevé {self.pk}"


class VersementAttendu(models.Model):
    """A payment that the caisse owes: `numero` counts those of one year. Cents, at most; None where no source gives them.

    Counted again from the contract and its events, that alone are evidence: the journal does not tell of it. What was paid is an
    event of the contract, copied here so that lists read one table; so is the `caisse` of the contract, that changes no more once it
    is signed. `lectures` are the readings of its day, where sources disagree.
    """

    contrat = models.ForeignKey(
        "contrats_d_aide.Contrat", on_delete=models.PROTECT, related_name="versements"
    )
    rang = models.PositiveSmallIntegerField()
    numero = models.PositiveSmallIntegerField(default=1)
    etat = models.CharField(
        max_length=10, choices=EtatDeVersement.choices, default=EtatDeVersement.ATTENDU
    )
    jour: models.DateField[date | None, date | None] = models.DateField(null=True)
    montant_cents: _Compte[int | None, int | None] = _Compte(null=True)
    lectures = models.JSONField(default=list)
    paye_le: models.DateField[date | None, date | None] = models.DateField(null=True)
    paye_cents: _Compte[int | None, int | None] = _Compte(null=True)
    caisse = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        ordering = ("contrat", "rang", "numero")
        verbose_name = "versement attendu"
        verbose_name_plural = "versements attendus"
        indexes = (
            models.Index(
                fields=["caisse", "etat", "jour", "montant_cents"], name="versements_de_la_caisse"
            ),
        )
        constraints = (
            parmi("etat", EtatDeVersement),
            models.UniqueConstraint(
                fields=["contrat", "rang", "numero"], name="contrats_un_versement_une_fois"
            ),
            models.CheckConstraint(
                name="contrats_verse_le_jour_dit",
                condition=Q(etat=EtatDeVersement.VERSE, paye_le__isnull=False)
                | ~Q(etat=EtatDeVersement.VERSE) & Q(paye_le=None, paye_cents=None),
            ),
        )

    def __str__(self) -> str:
        return f"versement {self.rang}.{self.numero}"


class HorlogeDeContrat(models.Model):
    """One duty of a contract, and its day; `rang` tells those of one code apart.

    Counted again from the contract and its events, that alone are evidence: the journal does not tell of it. `uid` stays the same
    when the day moves: a calendar then moves the event rather than doubling it. `lectures` are the days of each reading where
    sources disagree, `jour` the earliest; None while no day can be told. `preuve` is the number of the event that says it is done.
    """

    contrat = models.ForeignKey(
        "contrats_d_aide.Contrat", on_delete=models.PROTECT, related_name="horloges"
    )
    code = models.CharField(max_length=30)
    rang = models.PositiveIntegerField(default=0)
    etat = models.CharField(
        max_length=10, choices=EtatDHorloge.choices, default=EtatDHorloge.A_VENIR
    )
    jour: models.DateField[date | None, date | None] = models.DateField(null=True)
    lectures = models.JSONField(default=list)
    uid = models.CharField(max_length=80, unique=True)
    preuve = models.ForeignKey(
        "contrats_d_aide.EvenementDeContrat", null=True, on_delete=models.PROTECT, related_name="+"
    )
    changee_le: models.DateTimeField[datetime, datetime] = models.DateTimeField()

    class Meta:
        ordering = ("contrat", "jour", "pk")
        verbose_name = "échéance d’un contrat d’aide"
        verbose_name_plural = "échéances des contrats d’aide"
        indexes = (models.Index(fields=["etat", "jour", "contrat"], name="horloges_par_jour"),)
        constraints = (
            parmi("etat", EtatDHorloge),
            models.UniqueConstraint(
                fields=["contrat", "code", "rang"], name="contrats_une_horloge_une_fois"
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.pk}"
