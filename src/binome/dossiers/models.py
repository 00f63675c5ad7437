"""Dossiers, their facts and documents, and what is proposed, decided and contested."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Lower

from binome.comptes.models import Organisation, Personne
from binome.dossiers.bases import autre_que_par_defaut
from binome.dossiers.contraintes import parmi
from binome.dossiers.employeurs.models import EmploiSuivi
from binome.dossiers.etats import (
    Etat,
    Nature,
    Origine,
)
from binome.dossiers.pieces.models import PageDApercu, Piece, Quarantaine
from binome.dossiers.receptions import Import, LigneImportee
from binome.dossiers.rejoues import Rejeu
from binome.gestes.modele import Suivi
from binome.regles.courante import base_courante, code_par_defaut
from binome.socle.dans_l_ordre import dans_l_ordre

if TYPE_CHECKING:
    from datetime import date, datetime

    from binome.regles.certification import Certification

__all__ = (
    "Confirmation", "Decision", "Dossier", "EmploiSuivi", "Fait", "Import", "LigneImportee", "PageDApercu", "Piece",
    "PointTranche", "Proposition", "Quarantaine", "Recours",
    "Rejeu",
)  # fmt: skip
"""The models of the room, those of its inner rooms included: Django finds them here."""


class Dossier(Suivi):
    """One candidate's application, filed by a training organisation.

    `version` rises with each change: who acts says which one they saw. `recherche` holds the folded
    names, for search and for duplicates. `anonyme_le` says that the identity was erased. `depuis` is when it
    was filed, or opened if it was not yet: the database works it out, and the lists are in its order.
    `claire` says that the last proposal may be confirmed with others, without a second look. `certification` is
    the one that its rules are of; `branche` reads and decides it, or any that delivers the certification while
    none is named.
    """

    reference = models.CharField(max_length=20, unique=True)
    etat = models.CharField(max_length=12, choices=Etat.choices, default=Etat.BROUILLON)
    version = models.PositiveIntegerField(default=1)
    organisme = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="dossiers")
    candidat = models.ForeignKey(
        Personne, null=True, blank=True, on_delete=models.PROTECT, related_name="dossiers"
    )
    certification = models.CharField(max_length=40, default=code_par_defaut)
    branche = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="dossiers_delivres",
    )
    prenom = models.CharField("prénom", max_length=100, blank=True)
    nom = models.CharField("nom", max_length=100, blank=True)
    naissance: models.DateField[date | None, date | None] = models.DateField(
        "date de naissance", null=True, blank=True
    )
    courriel = models.EmailField("adresse électronique", max_length=254, blank=True)
    telephone = models.CharField("téléphone", max_length=20, blank=True)
    employeur = models.CharField("employeur", max_length=200, blank=True)
    employeur_identifiant = models.CharField("SIRET ou RPPS", max_length=14, blank=True)
    session = models.CharField("session souhaitée", max_length=120, blank=True)
    recherche = models.CharField(max_length=240, blank=True, db_index=True)
    cle_import = models.CharField(max_length=80, blank=True)
    exemple = models.BooleanField(default=False)
    alertes = models.PositiveSmallIntegerField(default=0)
    claire = models.BooleanField(default=False)
    echeance: models.DateField[date | None, date | None] = models.DateField(null=True, blank=True)
    cree_le = models.DateTimeField(auto_now_add=True)
    modifie_le = models.DateTimeField(auto_now=True)
    depose_le: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True, blank=True
    )
    decide_le: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True, blank=True
    )
    clos_le: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True, blank=True
    )
    anonyme_le: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True, blank=True
    )
    est_suivi = False
    """Whether an employer follows it now; read with the dossier, by who opens it (`permissions.py`)."""
    depuis = models.GeneratedField(
        expression=Coalesce("depose_le", "cree_le"),
        output_field=models.DateTimeField(),
        db_persist=True,
    )

    class Meta:
        ordering = ("-cree_le", "pk")
        indexes = (
            models.Index(
                fields=["organisme", "etat", "depuis", "id"], name="dossiers_organisme_etat_age"
            ),
            models.Index(fields=["etat", "depuis", "id"], name="dossiers_etat_age"),
            models.Index(fields=["etat", "claire", "depuis", "id"], name="dossiers_etat_claire"),
            models.Index(fields=["etat", "branche", "certification"], name="dossiers_etat_branche"),
            models.Index(fields=["candidat"], name="dossiers_candidat"),
            models.Index(fields=["depuis", "id"], name="dossiers_par_age"),
            models.Index(fields=["organisme", "depuis", "id"], name="dossiers_organisme_age"),
            models.Index(fields=["echeance", "id"], name="dossiers_par_echeance"),
            models.Index(Lower("courriel"), name="dossiers_par_courriel"),
            models.Index(fields=["employeur_identifiant"], name="dossiers_par_employeur"),
        )
        constraints = (
            parmi("etat", Etat),
            models.UniqueConstraint(
                fields=["organisme", "cle_import"],
                condition=~Q(cle_import=""),
                name="dossiers_ligne_importee_une_fois",
            ),
            models.CheckConstraint(
                name="dossiers_d_une_certification", condition=~Q(certification="")
            ),
            models.CheckConstraint(
                name="dossiers_depose_hors_brouillon",
                condition=Q(etat__in=(Etat.BROUILLON, Etat.RETIRE)) | Q(depose_le__isnull=False),
            ),
            dans_l_ordre(
                name="dossiers_decide_apres_depot",
                condition=Q(decide_le__isnull=True) | Q(decide_le__gte=F("depose_le")),
            ),
            dans_l_ordre(
                name="dossiers_clos_apres_depot",
                condition=Q(clos_le__isnull=True)
                | Q(depose_le__isnull=True)
                | Q(clos_le__gte=F("depose_le")),
            ),
            models.CheckConstraint(
                name="dossiers_decision_datee",
                condition=~Q(etat__in=(Etat.DECIDE, Etat.RECOURS)) | Q(decide_le__isnull=False),
            ),
            models.CheckConstraint(
                name="dossiers_identite_au_depot",
                condition=Q(etat__in=(Etat.BROUILLON, Etat.RETIRE))
                | Q(anonyme_le__isnull=False)
                | (~Q(nom="") & ~Q(prenom="") & Q(naissance__isnull=False)),
            ),
            models.CheckConstraint(
                name="dossiers_identifiant_chiffre",
                condition=Q(employeur_identifiant__regex=r"^([0-9]{11}|[0-9]{14})?$"),
            ),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def sujet(self) -> str:
        """The name under which the journal keeps what is personal here."""
        return f"dossier:{self.pk}"

    @property
    def objet(self) -> str:
        """The name of the dossier in the journal."""
        return f"dossier:{self.reference}"

    @property
    def autre_certification(self) -> Certification | None:
        """The sheet of its certification when it is not the one by default: every page of it says so."""
        return autre_que_par_defaut(self.certification)

    @property
    def empreinte(self) -> str:
        """The hash of the rules in force of its certification."""
        return base_courante(certification=self.certification).empreinte

    @property
    def personne(self) -> str:
        """The candidate's name, or what replaces it once erased."""
        if self.anonyme_le is not None:
            return "Identité effacée"
        return f"{self.prenom} {self.nom}".strip() or "Sans nom"


class Fait(models.Model):
    """One fact of the rule base, as it was declared or as a document proves it."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="faits")
    nom = models.CharField(max_length=60)
    origine = models.CharField(max_length=8, choices=Origine.choices)
    valeur = models.JSONField()
    piece = models.ForeignKey(Piece, null=True, on_delete=models.PROTECT, related_name="faits")
    pose_le = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("nom", "origine")
        constraints = (
            parmi("origine", Origine),
            models.UniqueConstraint(
                fields=["dossier", "nom", "origine"], name="dossiers_un_fait_une_valeur"
            ),
            models.CheckConstraint(
                name="dossiers_preuve_par_piece",
                condition=Q(origine=Origine.PROUVE, piece__isnull=False)
                | Q(origine=Origine.DECLARE, piece__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.nom} ({self.origine})"


class Proposition(models.Model):
    """What the rule base answers for the dossier, kept with the base's hash.

    `declare` and `prouve` are whole answers of the JSON contract; `sans_alerte` says that the proven
    one may be confirmed without a second look.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="propositions")
    base = models.CharField(max_length=80)
    faits_declares = models.JSONField()
    faits_prouves = models.JSONField()
    declare = models.JSONField()
    prouve = models.JSONField()
    sans_alerte = models.BooleanField()
    preparee_le = models.DateTimeField(auto_now_add=True)
    preparee_par = models.ForeignKey(
        Personne, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("dossier", "-pk")

    def __str__(self) -> str:
        return f"proposition {self.pk}"


class PointTranche(models.Model):
    """An alert that the branch settled once for all its dossiers, with its reason; lifted, not deleted.

    The alert is still shown: it no longer keeps a clear dossier from being confirmed with others. An alert is of
    the rules of one certification: two may name theirs alike.
    """

    certification = models.CharField(max_length=40, default=code_par_defaut)
    code = models.CharField(max_length=60)
    position = models.TextField()
    par = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")
    le = models.DateTimeField()
    leve_le = models.DateTimeField(null=True)

    class Meta:
        ordering = ("certification", "code", "-le", "pk")
        verbose_name_plural = "points tranchés"
        constraints = (
            models.UniqueConstraint(
                fields=["certification", "code"],
                condition=Q(leve_le__isnull=True),
                name="dossiers_point_tranche_une_fois",
            ),
            models.CheckConstraint(name="dossiers_position_ecrite", condition=~Q(position="")),
            models.CheckConstraint(
                name="dossiers_point_d_une_certification", condition=~Q(certification="")
            ),
        )

    def __str__(self) -> str:
        return self.code


class Confirmation(models.Model):
    """One gesture that confirmed many proposals; undone as one, within an hour."""

    par = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")
    le = models.DateTimeField()
    annulable_jusqu_a = models.DateTimeField()
    annulee_le = models.DateTimeField(null=True)
    nombre = models.PositiveIntegerField()

    class Meta:
        ordering = ("-le", "pk")

    def __str__(self) -> str:
        return f"confirmation {self.pk}"


class Decision(models.Model):
    """What the branch decided. `reponse` is what was granted; `ecart` says why it departs from it.

    `sceau` is the name of the sealed letter and `sceau_empreinte` its SHA-256. A decision that was
    undone stays, with the day it was.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="decisions")
    proposition = models.ForeignKey(Proposition, on_delete=models.PROTECT, related_name="+")
    nature = models.CharField(max_length=20, choices=Nature.choices)
    reponse = models.JSONField()
    base = models.CharField(max_length=80)
    reserve = models.TextField(blank=True)
    ecart = models.TextField(blank=True)
    par = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")
    le = models.DateTimeField()
    confirmation = models.ForeignKey(
        Confirmation, null=True, on_delete=models.PROTECT, related_name="decisions"
    )
    notifiable_des = models.DateTimeField()
    annulee_le = models.DateTimeField(null=True)
    sceau = models.CharField(max_length=80, blank=True)
    sceau_empreinte = models.CharField(max_length=64, blank=True)
    scellee_le = models.DateTimeField(null=True)
    notifiee_le = models.DateTimeField(null=True)

    class Meta:
        ordering = ("dossier", "-pk")
        indexes = (
            models.Index(
                fields=["notifiable_des"],
                condition=Q(notifiee_le__isnull=True, annulee_le__isnull=True),
                name="dossiers_a_notifier",
            ),
        )
        constraints = (
            parmi("nature", Nature),
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(annulee_le__isnull=True),
                name="dossiers_une_decision_en_vigueur",
            ),
            models.CheckConstraint(
                name="dossiers_reserve_dite",
                condition=Q(nature=Nature.RESERVE) & ~Q(reserve="")
                | ~Q(nature=Nature.RESERVE) & Q(reserve=""),
            ),
            models.CheckConstraint(
                name="dossiers_sceau_entier",
                condition=Q(sceau="", sceau_empreinte="", scellee_le__isnull=True)
                | (~Q(sceau="") & ~Q(sceau_empreinte="") & Q(scellee_le__isnull=False)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.dossier} {self.nature}"


class Recours(models.Model):
    """A decision contested, and what was answered."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="recours")
    texte = models.TextField()
    par = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")
    depose_le = models.DateTimeField()
    issue = models.CharField(
        max_length=10, blank=True, choices=(("maintenue", "Maintenue"), ("revue", "Revue"))
    )
    reponse = models.TextField(blank=True)
    repondu_par = models.ForeignKey(Personne, null=True, on_delete=models.PROTECT, related_name="+")
    repondu_le = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-depose_le", "pk")
        verbose_name_plural = "recours"
        constraints = (
            models.UniqueConstraint(
                fields=["decision"], condition=Q(issue=""), name="dossiers_un_recours_a_la_fois"
            ),
            models.CheckConstraint(name="dossiers_recours_ecrit", condition=~Q(texte="")),
            models.CheckConstraint(
                name="dossiers_recours_repondu",
                condition=Q(issue="", repondu_le__isnull=True)
                | (~Q(issue="") & ~Q(reponse="") & Q(repondu_le__isnull=False)),
            ),
        )

    def __str__(self) -> str:
        return f"recours {self.pk}"
