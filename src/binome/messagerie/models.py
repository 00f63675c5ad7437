"""Messages about a dossier, notes of the branch, and the words that a branch writes often."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from binome.comptes.models import Organisation, Personne
from binome.dossiers.models import Dossier

if TYPE_CHECKING:
    from datetime import datetime


class Cote(models.TextChoices):
    """Who wrote."""

    BRANCHE = "branche", "La branche"
    ORGANISME = "organisme", "L’organisme"


class Mot(models.Model):
    """A message between the branch and the organisation, or an internal note (`interne`) of the branch.

    `lu_le` and `lu_par` say when somebody of the other side answered a message, or said that they read it.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="mots")
    interne = models.BooleanField(default=False)
    cote = models.CharField(max_length=9, choices=Cote.choices)
    texte = models.TextField()
    par = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")
    le = models.DateTimeField()
    lu_le: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)
    lu_par = models.ForeignKey(Personne, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("le", "pk")
        verbose_name_plural = "mots"
        indexes = (
            models.Index(fields=["dossier", "le", "id"], name="messagerie_du_dossier"),
            # Few among many: what nobody has read.
            models.Index(
                fields=["cote", "dossier"],
                condition=Q(interne=False, lu_le__isnull=True),
                name="messagerie_a_lire",
            ),
        )
        constraints = (
            models.CheckConstraint(name="messagerie_cote_connu", condition=Q(cote__in=Cote.values)),
            models.CheckConstraint(name="messagerie_mot_ecrit", condition=~Q(texte="")),
            models.CheckConstraint(
                name="messagerie_note_de_la_branche",
                condition=Q(interne=False) | Q(cote=Cote.BRANCHE),
            ),
            models.CheckConstraint(
                name="messagerie_lu_par_quelqu_un",
                condition=Q(lu_le__isnull=True, lu_par__isnull=True)
                | Q(lu_le__isnull=False, lu_par__isnull=False, interne=False),
            ),
        )

    def __str__(self) -> str:
        return f"mot {self.pk}"


class Modele(models.Model):
    """A text that a branch writes often, offered wherever it writes; taken out, it stays known."""

    branche = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="modeles")
    titre = models.CharField(max_length=80)
    texte = models.TextField()
    par = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")
    le = models.DateTimeField()
    ote_le = models.DateTimeField(null=True)

    class Meta:
        ordering = ("branche", "titre", "pk")
        verbose_name = "modèle"
        constraints = (
            models.CheckConstraint(
                name="messagerie_modele_ecrit", condition=~Q(titre="") & ~Q(texte="")
            ),
            models.UniqueConstraint(
                fields=["branche", "titre"],
                condition=Q(ote_le__isnull=True),
                name="messagerie_un_modele_un_titre",
            ),
        )

    def __str__(self) -> str:
        return self.titre
