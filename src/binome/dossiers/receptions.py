"""A spreadsheet of candidates, and each of its rows until it is a dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from binome.comptes.models import Organisation, Personne
from binome.dossiers.bases import autre_que_par_defaut
from binome.regles.courante import code_par_defaut

if TYPE_CHECKING:
    from datetime import datetime

    from binome.regles.certification import Certification


class EtatDImport(models.TextChoices):
    """Where an import stands."""

    OUVERT = "ouvert", "À vérifier"
    EN_COURS = "en_cours", "Création en cours"
    FINI = "fini", "Terminé"
    ABANDONNE = "abandonne", "Abandonné"


class EtatDeLigne(models.TextChoices):
    """What became of a row."""

    A_MENDER = "a_mender", "À corriger"
    BONNE = "bonne", "Prête"
    CREEE = "creee", "Dossier créé"
    CHANGEE = "changee", "Brouillon mis à jour"
    IDENTIQUE = "identique", "Déjà là, rien à changer"
    LAISSEE = "laissee", "Laissée"
    ECARTEE = "ecartee", "Écartée"


EN_ATTENTE = (EtatDeLigne.A_MENDER, EtatDeLigne.BONNE)
"""What a row is before it is settled; its cells are kept no longer."""


class Import(models.Model):
    """One file, read. `deposer`: what is complete is filed with the branch rather than left a draft.

    `certification` is what its rows are filed for: its columns are the facts of those rules. `correspondances` is
    what was answered of the headings that nobody knows: the column, or nothing, by the heading folded.
    """

    organisme = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="imports")
    par = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")
    etat = models.CharField(max_length=12, choices=EtatDImport.choices, default=EtatDImport.OUVERT)
    certification = models.CharField(max_length=40, default=code_par_defaut)
    deposer = models.BooleanField(default=False)
    lignes = models.PositiveIntegerField()
    octets = models.PositiveIntegerField(default=0)
    empreinte = models.CharField(max_length=64)
    correspondances = models.JSONField(default=dict)
    cree_le = models.DateTimeField(auto_now_add=True)
    fini_le: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )

    class Meta:
        ordering = ("-cree_le", "-pk")
        constraints = (
            models.CheckConstraint(
                name="dossiers_import_etat_connu", condition=Q(etat__in=EtatDImport.values)
            ),
            models.CheckConstraint(
                name="dossiers_import_d_une_certification", condition=~Q(certification="")
            ),
            models.CheckConstraint(
                name="dossiers_import_fini_date",
                condition=Q(etat__in=("fini", "abandonne"), fini_le__isnull=False)
                | Q(etat__in=("ouvert", "en_cours"), fini_le__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"import {self.pk}"

    @property
    def autre_certification(self) -> Certification | None:
        """The sheet of its certification when it is not the one by default."""
        return autre_que_par_defaut(self.certification)


class LigneImportee(models.Model):
    """One row. `cellules` holds what was written in it, by column, until the row is settled.

    `erreurs` says what is wrong, cell by cell; `raison` why a row was left as it was; `distincte`, that somebody said
    that it is not about the person it looks like.
    """

    importation = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rangs")
    numero = models.PositiveIntegerField()
    cle = models.CharField(max_length=80, blank=True)
    cellules = models.JSONField(default=dict)
    erreurs = models.JSONField(default=list)
    etat = models.CharField(max_length=10, choices=EtatDeLigne.choices)
    raison = models.CharField(max_length=300, blank=True)
    distincte = models.BooleanField(default=False)
    dossier = models.ForeignKey(
        "dossiers.Dossier", null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("importation", "numero")
        verbose_name_plural = "lignes importées"
        indexes = (
            models.Index(fields=["importation", "etat", "numero"], name="dossiers_ligne_etat"),
            models.Index(fields=["importation", "cle"], name="dossiers_ligne_cle"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["importation", "numero"], name="dossiers_ligne_une_fois"
            ),
            models.CheckConstraint(
                name="dossiers_ligne_etat_connu", condition=Q(etat__in=EtatDeLigne.values)
            ),
            models.CheckConstraint(
                name="dossiers_ligne_reglee_effacee",
                condition=Q(etat__in=EN_ATTENTE) | Q(cellules={}, erreurs=[]),
            ),
        )

    def __str__(self) -> str:
        return f"ligne {self.numero}"
