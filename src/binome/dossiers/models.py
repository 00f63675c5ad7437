"""Dossiers, their facts and documents, and what is proposed, decided and contested."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Lower

from binome.comptes.etat_civil import avec_la_naissance, naissance_en_mots, nom_en_entier
from binome.comptes.models import Organisation, Personne
from binome.dossiers.bases import autre_que_par_defaut
from binome.dossiers.decidees import (
    Confirmation,
    Decision,
    Deport,
    PointTranche,
    Proposition,
    Recours,
)
from binome.dossiers.employeurs.models import EmploiSuivi
from binome.dossiers.en_liste import INDEX, EnListe
from binome.dossiers.etats import (
    MONTRES,
    Etat,
    Origine,
)
from binome.dossiers.pieces.models import PageDApercu, Piece, Quarantaine
from binome.dossiers.receptions import Import, LigneImportee
from binome.dossiers.rejoues import Rejeu
from binome.regles.courante import base_courante, code_par_defaut
from binome.socle.contraintes import parmi
from binome.socle.dans_l_ordre import dans_l_ordre

if TYPE_CHECKING:
    from datetime import date, datetime

    from binome.regles.certification import Certification

__all__ = (
    "Confirmation", "Decision", "Deport", "Dossier", "EmploiSuivi", "Fait", "Import", "LigneImportee", "PageDApercu", "Piece",
    "PointTranche", "Proposition", "Quarantaine", "Recours",
    "Rejeu",
)  # fmt: skip
"""The models of the room, those of its inner rooms included: Django finds them here."""


class Dossier(EnListe):
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
        db_index=False,  # most are of one branch: it would be followed through all of them
    )
    prenom = models.CharField("prénom", max_length=100, blank=True)
    nom = models.CharField("nom", max_length=100, blank=True)
    nom_de_naissance = models.CharField("nom de naissance", max_length=100, blank=True)
    naissance: models.DateField[date | None, date | None] = models.DateField(
        "date de naissance", null=True, blank=True
    )
    naissance_annee = models.PositiveSmallIntegerField(
        "année de naissance, jour inconnu", null=True, blank=True
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
    a_lire = False
    """Whether a document of it waits for an examination, where it was read with it (`bureau/voisinage.py`)."""
    examen_lu = False
    """Whether who reads it reads its examination: set with the fetch (`permissions.py`), never assumed."""
    recours_lu = False
    """Whether who reads it may know of an appeal, set the same way: an employer may not."""
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
            models.Index(
                fields=["etat", "claire", "branche", "organisme"], name="dossiers_etat_branche"
            ),
            models.Index(fields=["candidat"], name="dossiers_candidat"),
            models.Index(fields=["depuis", "id"], name="dossiers_par_age"),
            models.Index(fields=["organisme", "depuis", "id"], name="dossiers_organisme_age"),
            models.Index(fields=["echeance", "id"], name="dossiers_par_echeance"),
            models.Index(Lower("courriel"), name="dossiers_par_courriel"),
            models.Index(fields=["employeur_identifiant"], name="dossiers_par_employeur"),
            *INDEX,
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
                condition=~Q(etat__in=(Etat.ARRETE, Etat.DECIDE, Etat.RECOURS))
                | Q(decide_le__isnull=False),
            ),
            models.CheckConstraint(
                name="dossiers_identite_au_depot",
                condition=Q(etat__in=(Etat.BROUILLON, Etat.RETIRE))
                | Q(anonyme_le__isnull=False)
                | (
                    ~Q(nom="")
                    & ~Q(prenom="")
                    & (Q(naissance__isnull=False) | Q(naissance_annee__isnull=False))
                ),
            ),
            models.CheckConstraint(
                name="dossiers_une_naissance",
                condition=Q(naissance__isnull=True) | Q(naissance_annee__isnull=True),
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
    def etat_montre(self) -> Etat:
        """The state as its reader may know it: a decision that is not notified is only the branch's."""
        etat = Etat(self.etat)
        if etat == Etat.RECOURS and not self.recours_lu:
            return Etat.DECIDE
        return etat if self.examen_lu else MONTRES.get(etat, etat)

    def get_etat_display(self) -> str:  # type: ignore[no-redef]  # Django leaves ours
        """The same in words, for every page, export and message."""
        return str(self.etat_montre.label)

    @property
    def etat_dit(self) -> str:
        """The same, for who may act on it, or whom it is about: they know of an appeal."""
        return str(Etat.RECOURS.label) if self.etat == Etat.RECOURS else self.get_etat_display()

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
        return nom_en_entier(self.prenom, self.nom) or "Sans nom"

    @property
    def etat_civil(self) -> str:
        """The same, with the name of birth where it differs: what a paper of identity is compared to."""
        if self.anonyme_le is not None:
            return self.personne
        return avec_la_naissance(self.prenom, self.nom, self.nom_de_naissance) or self.personne

    @property
    def naissance_dite(self) -> str:
        """The birth in words; empty when nothing is known of it."""
        return naissance_en_mots(self.naissance, self.naissance_annee)


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
                | Q(origine__in=(Origine.DECLARE, Origine.CONSTATE), piece__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.nom} ({self.origine})"
