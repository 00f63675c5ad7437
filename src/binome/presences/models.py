"""Signatures, and the presences that they prove: rows that are added, never changed."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from binome.comptes.models import Personne
from binome.gestes.modele import Suivi
from binome.parcours.models import Parcours
from binome.presences.etats import (
    TENUES,
    EtatDActivite,
    EtatDePresence,
    EtatDeSignature,
    MoyenDeSignature,
    NatureDePresence,
    RaisonDeCorrection,
    RaisonDeMiseDeCote,
)
from binome.presences.papier_modeles import FeuilleScannee
from binome.sessions.models import Creneau
from binome.socle.contraintes import parmi

__all__ = ("FeuilleScannee", "Presence", "Signature")

if TYPE_CHECKING:
    from datetime import datetime


class Signature(Suivi):
    """That a person signed a slot, once; `uid` is made where they sign, so that what is sent twice is one.

    `signee_le` is the instant by the server's clock, `recue_le` when it came; `retard_d_horloge` is how many seconds the
    device was behind the server when it sent, None when nobody knows: `heure_de_l_appareil` is what its own clock said.
    `appareil` is drawn by the device, and names no one. `image` is the drawing on its shelf, empty for none, and `empreinte` its hash. `par` is the account that sent it: the trainee's, or
    the trainer's whose tablet or sheet it is; None with a code of the session alone. `raison` says why one that was proposed
    after its slot froze is set aside.
    """

    etat = models.CharField(
        max_length=10, choices=EtatDeSignature.choices, default=EtatDeSignature.RECUE
    )
    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    creneau = models.ForeignKey(Creneau, on_delete=models.PROTECT, related_name="signatures")
    parcours = models.ForeignKey(Parcours, on_delete=models.PROTECT, related_name="signatures")
    moyen = models.CharField(max_length=10, choices=MoyenDeSignature.choices)
    signee_le: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    recue_le: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    retard_d_horloge: models.IntegerField[int | None, int | None] = models.IntegerField(null=True)
    appareil = models.CharField(max_length=40, blank=True)
    image = models.CharField(max_length=100, blank=True)
    empreinte = models.CharField(max_length=64, blank=True)
    par = models.ForeignKey(Personne, null=True, on_delete=models.PROTECT, related_name="+")
    raison = models.CharField(max_length=10, blank=True, choices=RaisonDeMiseDeCote.choices)

    class Meta:
        ordering = ("creneau", "signee_le", "pk")
        verbose_name = "signature"
        indexes = (
            models.Index(fields=["creneau", "parcours"], name="signatures_du_creneau"),
            models.Index(fields=["parcours", "signee_le"], name="signatures_du_parcours"),
            models.Index(
                fields=["empreinte"], condition=~Q(empreinte=""), name="signatures_par_empreinte"
            ),
        )
        constraints = (
            parmi("etat", EtatDeSignature),
            parmi("moyen", MoyenDeSignature),
            models.UniqueConstraint(
                fields=["creneau", "parcours"],
                condition=Q(moyen=MoyenDeSignature.APRES_COUP),
                name="signatures_une_apres_coup",
            ),
            models.CheckConstraint(
                name="signatures_proposees_apres_coup",
                condition=~Q(etat=EtatDeSignature.PROPOSEE)
                | Q(moyen=MoyenDeSignature.APRES_COUP, par__isnull=False),
            ),
            models.CheckConstraint(
                name="signatures_ecartees_avec_raison",
                condition=Q(raison="")
                | Q(etat=EtatDeSignature.ECARTEE, raison__in=RaisonDeMiseDeCote.values),
            ),
        )

    def __str__(self) -> str:
        return f"signature {self.pk}"

    @property
    def heure_de_l_appareil(self) -> datetime:
        """What the clock of the device said when it was signed."""
        return self.signee_le - timedelta(seconds=self.retard_d_horloge or 0)

    @property
    def sujet(self) -> str:
        """Whose key keeps what is personal here: its own."""
        return self.objet


class Presence(Suivi):
    """What happened in a slot for a person, in minutes; said again, the former stays, `remplacee`.

    Until its slot is counter-signed it is only noted (`notee`), may change, and counts for nothing.

    `retard` is how late they came, `avance` how early they left, `interruption` how long they were away in between. `minutes` are
    those followed: the slot's less these, 0 for an absence. They are proven when `signee`. `raison` says why it was
    corrected; `par` is who counter-signed.
    """

    etat = models.CharField(
        max_length=10, choices=EtatDePresence.choices, default=EtatDePresence.EN_VIGUEUR
    )
    creneau = models.ForeignKey(Creneau, on_delete=models.PROTECT, related_name="presences")
    parcours = models.ForeignKey(Parcours, on_delete=models.PROTECT, related_name="presences")
    nature = models.CharField(max_length=10, choices=NatureDePresence.choices)
    retard = models.PositiveSmallIntegerField(default=0)
    avance = models.PositiveSmallIntegerField(default=0)
    interruption = models.PositiveSmallIntegerField(default=0)
    minutes = models.PositiveSmallIntegerField()
    signee = models.BooleanField()
    remplace = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="remplacante"
    )
    raison = models.CharField(max_length=10, blank=True, choices=RaisonDeCorrection.choices)
    par = models.ForeignKey(Personne, null=True, on_delete=models.PROTECT, related_name="+")
    dite_le: models.DateTimeField[datetime, datetime] = models.DateTimeField()

    class Meta:
        ordering = ("creneau", "pk")
        verbose_name = "présence"
        indexes = (models.Index(fields=["parcours", "etat"], name="presences_du_parcours"),)
        constraints = (
            parmi("etat", EtatDePresence),
            parmi("nature", NatureDePresence),
            models.UniqueConstraint(
                fields=["creneau", "parcours"],
                condition=Q(etat__in=TENUES),
                name="presences_une_seule_en_vigueur",
            ),
            models.CheckConstraint(
                name="presences_absence_sans_minutes",
                condition=Q(nature=NatureDePresence.PRESENT)
                | Q(minutes=0, signee=False, retard=0, avance=0, interruption=0),
            ),
            models.CheckConstraint(
                name="presences_correction_motivee",
                condition=Q(remplace__isnull=True, raison="")
                | Q(remplace__isnull=False, raison__in=RaisonDeCorrection.values),
            ),
        )

    def __str__(self) -> str:
        return f"présence {self.pk}"


class Activite(Suivi):
    """What a person did of a slot without a timetable: `preuve` in their words, `minutes` credited once evaluated.

    `duree` is the declared mean, copied from the slot: what is credited never passes it.
    """

    etat = models.CharField(
        max_length=12, choices=EtatDActivite.choices, default=EtatDActivite.RENDUE
    )
    creneau = models.ForeignKey(Creneau, on_delete=models.PROTECT, related_name="activites")
    parcours = models.ForeignKey(Parcours, on_delete=models.PROTECT, related_name="activites")
    duree = models.PositiveSmallIntegerField()
    preuve = models.TextField()
    rendue_le: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    minutes: models.PositiveSmallIntegerField[int | None, int | None] = (
        models.PositiveSmallIntegerField(null=True)
    )
    par = models.ForeignKey(Personne, null=True, on_delete=models.PROTECT, related_name="+")
    evaluee_le: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )

    class Meta:
        ordering = ("creneau", "pk")
        verbose_name = "activité à distance"
        verbose_name_plural = "activités à distance"
        constraints = (
            parmi("etat", EtatDActivite),
            models.UniqueConstraint(
                fields=["creneau", "parcours"], name="activites_une_par_personne"
            ),
            models.CheckConstraint(
                name="activites_jamais_plus_que_declare",
                condition=Q(minutes__isnull=True) | Q(minutes__lte=F("duree")),
            ),
            models.CheckConstraint(
                name="activites_creditees_evaluees",
                condition=Q(etat=EtatDActivite.EVALUEE, minutes__isnull=False)
                | ~Q(etat=EtatDActivite.EVALUEE) & Q(minutes__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"activité {self.pk}"

    @property
    def sujet(self) -> str:
        """Whose key keeps what is personal here: its own."""
        return self.objet
