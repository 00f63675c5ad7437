"""The outbox, the notices that wait to be gathered, and what a runner has claimed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import models
from django.db.models import F, Q

from binome.comptes.models import Organisation
from binome.socle.dans_l_ordre import dans_l_ordre

if TYPE_CHECKING:
    from datetime import datetime


RETIRE: Final = "Retiré"
"""What a mail says instead of a fault when somebody withdrew it, or what it told of no longer holds."""


class Message(models.Model):
    """One mail to send, written when it was queued. `cle` says what it is: the same is never queued twice.

    `pieces_jointes` lists files of the shelf, by their stored names. `derniere_erreur` never holds an
    address. `abandonne_le` says that we stopped trying, or that it was withdrawn. `reference` is the dossier that it tells
    of, `repondant` the organisation that answers for its reaching somebody; none for the house. `ecrit_par` is the one
    that wrote it, by a gesture of its people; none for the house and for a candidate. `expediteur` is the name that it
    comes from, before ours.
    """

    cle = models.CharField(max_length=160, unique=True)
    destinataire = models.CharField(max_length=254)
    sujet = models.CharField(max_length=200)
    texte = models.TextField()
    html = models.TextField(blank=True)
    pieces_jointes = models.JSONField(default=list, blank=True)
    cree_le = models.DateTimeField()
    a_envoyer_des = models.DateTimeField()
    envoye_le: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )
    abandonne_le: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )
    essais = models.PositiveSmallIntegerField(default=0)
    derniere_erreur = models.CharField(max_length=120, blank=True)
    expediteur = models.CharField(max_length=200, blank=True)
    reference = models.CharField(max_length=20, blank=True)
    repondant = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ecrit_par = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("a_envoyer_des", "pk")
        indexes = (
            models.Index(
                fields=["a_envoyer_des"],
                condition=Q(envoye_le__isnull=True, abandonne_le__isnull=True),
                name="courrier_a_envoyer",
            ),
            models.Index(fields=["destinataire"], name="courrier_destinataire"),
            models.Index(fields=["reference"], name="courrier_du_dossier"),
        )
        constraints = (
            models.CheckConstraint(
                name="courrier_envoye_ou_abandonne",
                condition=Q(envoye_le__isnull=True) | Q(abandonne_le__isnull=True),
            ),
            dans_l_ordre(
                name="courrier_envoye_apres",
                condition=Q(envoye_le__isnull=True) | Q(envoye_le__gte=F("cree_le")),
            ),
        )

    def __str__(self) -> str:
        return f"message {self.pk}"


class Avis(models.Model):
    """A thing to tell a person, from `des` on; gathered with the others of the day in one mail.

    `reference` is the dossier's, empty when it is about several; `adresse` the page to open. `caduc_le`
    says that there is no longer anything to tell.
    """

    cle = models.CharField(max_length=160, unique=True)
    destinataire = models.CharField(max_length=254)
    reference = models.CharField(max_length=20, blank=True)
    genre = models.CharField(max_length=24)
    texte = models.CharField(max_length=300)
    adresse = models.CharField(max_length=120)
    des = models.DateTimeField()
    cree_le = models.DateTimeField()
    message = models.ForeignKey(Message, null=True, on_delete=models.SET_NULL, related_name="avis")
    dit_le: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)
    caduc_le: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )

    class Meta:
        ordering = ("des", "pk")
        verbose_name_plural = "avis"
        indexes = (
            models.Index(
                fields=["des"],
                condition=Q(dit_le__isnull=True, caduc_le__isnull=True),
                name="courrier_a_dire",
            ),
            models.Index(fields=["reference"], name="courrier_reference"),
        )

    def __str__(self) -> str:
        return f"{self.genre} {self.pk}"


class Reservation(models.Model):
    """What a runner is at work on, until `jusqu_a`: past it, another may take it over."""

    genre = models.CharField(max_length=16)
    numero = models.BigIntegerField()
    par = models.CharField(max_length=32)
    jusqu_a = models.DateTimeField()

    class Meta:
        ordering = ("genre", "numero")
        constraints = (
            models.UniqueConstraint(fields=["genre", "numero"], name="courrier_reserve_une_fois"),
        )

    def __str__(self) -> str:
        return f"{self.genre} {self.numero}"
