"""What is declared to the passeport de compétences: who was certified, in which lot, and what was answered."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from binome.comptes.models import Organisation, Personne
from binome.dossiers.models import Dossier
from binome.gestes.modele import Suivi
from binome.passeport.etats import (
    ActionDeclaree,
    EtatDeDeclaration,
    EtatDeFiche,
    EtatDeLotDePassages,
    EtatDesReglages,
    IssueDeLigne,
)
from binome.socle.contraintes import parmi
from binome.titres.models import Titre

if TYPE_CHECKING:
    from datetime import date, datetime


class FicheDEtatCivil(Suivi):
    """Who a person is by their civil status, as the schema of the passeport asks it: complete, or not there.

    `naissance` is `1984-05-03`, `1984-05` or `1984`. `commune` and `pays` are labels, `insee` and `code_postal` codes whose
    form alone is checked. `nir` is encrypted under a key of its own, that `nir_cle` names; both are empty where it is not held.
    """

    etat = models.CharField(
        max_length=10, choices=EtatDeFiche.choices, default=EtatDeFiche.COMPLETE
    )
    dossier = models.OneToOneField(
        Dossier, on_delete=models.PROTECT, related_name="fiche_d_etat_civil"
    )
    nom_naissance = models.CharField(max_length=60, blank=True)
    nom_usage = models.CharField(max_length=60, blank=True)
    prenom1 = models.CharField(max_length=60, blank=True)
    prenom2 = models.CharField(max_length=60, blank=True)
    prenom3 = models.CharField(max_length=60, blank=True)
    naissance = models.CharField(max_length=10, blank=True)
    sexe = models.CharField(max_length=1, blank=True)
    insee = models.CharField(max_length=5, blank=True)
    code_postal = models.CharField(max_length=9, blank=True)
    commune = models.CharField(max_length=60, blank=True)
    pays = models.CharField(max_length=60, blank=True)
    nir = models.CharField(max_length=200, blank=True)
    nir_cle = models.CharField(max_length=40, blank=True)
    dit_le: models.DateTimeField[datetime, datetime] = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        verbose_name = "état civil"
        verbose_name_plural = "états civils"
        constraints = (
            parmi("etat", EtatDeFiche),
            models.CheckConstraint(
                name="passeport_etat_civil_complet_ou_efface",
                condition=Q(
                    etat=EtatDeFiche.EFFACEE, nom_naissance="", nom_usage="", prenom1="", prenom2="", prenom3="",
                    naissance="", sexe="", insee="", code_postal="", commune="", pays="", nir="", nir_cle="",
                )
                | ~Q(etat=EtatDeFiche.EFFACEE) & ~Q(nom_naissance="") & ~Q(prenom1="") & ~Q(naissance="")
                & Q(sexe__in=("M", "F")),
            ),
            models.CheckConstraint(
                name="passeport_nir_sous_sa_cle", condition=Q(nir="", nir_cle="") | ~Q(nir="") & ~Q(nir_cle="")
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"état civil {self.pk}"

    @property
    def sujet(self) -> str:
        """Whose key keeps what is personal here: its own, destroyed with the dossier's."""
        return self.objet


class ReglagesDuPasseport(Suivi):
    """By which numbers, and under which schema, a branch declares; empty until the branch gives them.

    `fichier` is the schema that it chose, on its shelf, of the day `schema_du`, `schema_empreinte` its SHA-256. `essai`: values of a
    demonstration, that every lot says. `nir`: whether the number of social security is asked and sent.
    """

    etat = models.CharField(
        max_length=10, choices=EtatDesReglages.choices, default=EtatDesReglages.EN_VIGUEUR
    )
    branche = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, related_name="reglages_du_passeport"
    )
    id_client = models.CharField(max_length=8, blank=True)
    certificateur = models.CharField(max_length=8, blank=True)
    contrat = models.CharField(max_length=20, blank=True)
    version_du_schema = models.CharField(max_length=6, blank=True)
    fichier = models.CharField(max_length=80, blank=True)
    schema_nom = models.CharField(max_length=120, blank=True)
    schema_empreinte = models.CharField(max_length=64, blank=True)
    schema_du: models.DateField[date | None, date | None] = models.DateField(null=True)
    nir = models.BooleanField(default=False)
    essai = models.BooleanField(default=False)

    class Meta:
        ordering = ("branche",)
        verbose_name = "réglages du passeport"
        verbose_name_plural = "réglages du passeport"
        constraints = (
            parmi("etat", EtatDesReglages),
            models.CheckConstraint(
                name="passeport_schema_date",
                condition=Q(fichier="", schema_empreinte="", schema_du__isnull=True)
                | ~Q(fichier="") & ~Q(schema_empreinte="") & Q(schema_du__isnull=False),
            ),
            models.CheckConstraint(
                name="passeport_nir_par_la_version_qui_le_porte",
                condition=Q(nir=False) | Q(version_du_schema="1.1.5"),
            ),
        )

    def __str__(self) -> str:
        return f"réglages du passeport {self.pk}"


class PassageADeclarer(Suivi):
    """A certification that the law wants declared: one for each parchemin, under one identifier for ever.

    `echeance` is the last day, three months after the parchemin. `action` is what the next lot would ask. `motif` is the last
    sentence that the Caisse des Dépôts answered.
    """

    etat = models.CharField(
        max_length=12, choices=EtatDeDeclaration.choices, default=EtatDeDeclaration.A_COMPLETER
    )
    titre = models.OneToOneField(Titre, on_delete=models.PROTECT, related_name="declaration")
    id_technique = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    rncp = models.CharField(max_length=40, blank=True)
    echeance: models.DateField[date, date] = models.DateField()
    action = models.CharField(
        max_length=11, choices=ActionDeclaree.choices, default=ActionDeclaree.CREATION
    )
    motif = models.TextField(blank=True)
    accepte_le: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )
    supprime_le: models.DateField[date | None, date | None] = models.DateField(null=True)

    class Meta:
        ordering = ("echeance", "pk")
        verbose_name = "certification à déclarer"
        verbose_name_plural = "certifications à déclarer"
        indexes = (models.Index(fields=["etat", "echeance", "id"], name="passeport_etat_echeance"),)
        constraints = (
            parmi("etat", EtatDeDeclaration),
            parmi("action", ActionDeclaree),
            models.CheckConstraint(
                name="passeport_acceptee_un_jour",
                condition=~Q(etat__in=("acceptee", "a_supprimer", "supprimee"))
                | Q(accepte_le__isnull=False),
            ),
            models.CheckConstraint(
                name="passeport_on_supprime_ce_qui_est_accepte",
                condition=Q(action=ActionDeclaree.CREATION) | Q(accepte_le__isnull=False),
            ),
            models.CheckConstraint(
                name="passeport_acceptee_une_fois",
                condition=Q(accepte_le__isnull=True)
                | Q(etat__in=("acceptee", "annulee"))
                | Q(action=ActionDeclaree.SUPPRESSION),
            ),
        )

    def __str__(self) -> str:
        return f"certification à déclarer {self.pk}"

    @property
    def sujet(self) -> str:
        """Whose key keeps what is personal here: its own, destroyed with the dossier's."""
        return self.objet


class LotDePassages(Suivi):
    """A file of certifications, frozen the moment it is made.

    `nom` is that of the file, for ever its own: an acknowledgement is known by it. `fichier` is on its shelf, encrypted under
    the key of `cle`; `empreinte` is the SHA-256 of its clear bytes, `reglages` what it was made with. `depose_le` is the day
    that somebody says they deposited it.
    """

    etat = models.CharField(
        max_length=10, choices=EtatDeLotDePassages.choices, default=EtatDeLotDePassages.A_DEPOSER
    )
    branche = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="lots")
    nom = models.CharField(max_length=80, unique=True)
    cle = models.CharField(max_length=45, unique=True)
    action = models.CharField(max_length=11, choices=ActionDeclaree.choices)
    reglages: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    nombre = models.PositiveIntegerField()
    fichier = models.CharField(max_length=80, blank=True)
    empreinte = models.CharField(max_length=64)
    octets = models.PositiveIntegerField()
    avec_nir = models.BooleanField(default=False)
    essai = models.BooleanField(default=False)
    prepare_par = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")
    prepare_le: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    depose_le: models.DateField[date | None, date | None] = models.DateField(null=True)
    traite_le: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )

    class Meta:
        ordering = ("-prepare_le", "-pk")
        verbose_name = "lot"
        constraints = (
            parmi("etat", EtatDeLotDePassages),
            parmi("action", ActionDeclaree),
            models.CheckConstraint(name="passeport_lot_plein", condition=Q(nombre__gte=1)),
            models.CheckConstraint(
                name="passeport_lot_depose_un_jour",
                condition=Q(etat__in=("a_deposer", "abandonne"), depose_le__isnull=True)
                | Q(etat__in=("depose", "traite", "rejete"), depose_le__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.nom


class LigneDeLot(models.Model):
    """A certification in a lot, and what was answered of it there: what holds, or waits, forbids another of the same."""

    lot = models.ForeignKey(LotDePassages, on_delete=models.PROTECT, related_name="lignes")
    passage = models.ForeignKey(PassageADeclarer, on_delete=models.PROTECT, related_name="lignes")
    action = models.CharField(max_length=11, choices=ActionDeclaree.choices)
    issue = models.CharField(
        max_length=8, choices=IssueDeLigne.choices, default=IssueDeLigne.ATTENDUE
    )
    motif = models.TextField(blank=True)

    class Meta:
        ordering = ("lot", "pk")
        verbose_name = "ligne d’un lot"
        verbose_name_plural = "lignes d’un lot"
        constraints = (
            parmi("issue", IssueDeLigne),
            parmi("action", ActionDeclaree),
            models.UniqueConstraint(
                fields=["passage", "action"],
                condition=Q(issue__in=("attendue", "acceptee")),
                name="passeport_une_fois_accepte_jamais_renvoye",
            ),
        )

    def __str__(self) -> str:
        return f"ligne {self.pk}"


class AccuseRecu(models.Model):
    """An acknowledgement of a lot, as it came: on its shelf under the key of the lot."""

    lot = models.ForeignKey(LotDePassages, on_delete=models.PROTECT, related_name="accuses")
    fichier = models.CharField(max_length=80, blank=True)
    empreinte = models.CharField(max_length=64)
    recu_le: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    recu_par = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("lot", "pk")
        verbose_name = "accusé reçu"
        verbose_name_plural = "accusés reçus"
        constraints = (
            models.UniqueConstraint(
                fields=["lot", "empreinte"], name="passeport_un_accuse_une_fois"
            ),
        )

    def __str__(self) -> str:
        return f"accusé {self.pk}"
