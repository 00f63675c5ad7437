"""The lots that were sent: how far each has come. Nothing of a dossier is kept in the database."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar, Final

from django.db import models
from django.db.models import F, Q

from binome.lots.questions import QUESTIONS
from binome.regles.courante import code_par_defaut

if TYPE_CHECKING:
    from django.db.models.constraints import BaseConstraint

VIE: Final = timedelta(hours=24)
"""A lot and its files are deleted that long after they came."""
SILENCE: Final = timedelta(seconds=60)
"""A lot whose worker said nothing for that long has lost it."""


class EtatDeLot(models.TextChoices):
    """Where a lot stands."""

    ATTENTE = "attente", "en attente"
    EN_COURS = "en_cours", "en cours"
    TERMINE = "termine", "terminé"
    ECHOUE = "echoue", "échoué"
    INTERROMPU = "interrompu", "interrompu"


EN_VIE: Final = (EtatDeLot.ATTENTE, EtatDeLot.EN_COURS)


class Lot(models.Model):
    """One uploaded table. Its state is changed by `services` alone."""

    cle = models.CharField(max_length=64, unique=True)
    """SHA-256 of the token: who reads the database cannot open a lot."""
    etat = models.CharField(max_length=10, choices=EtatDeLot.choices, default=EtatDeLot.ATTENTE)
    fichier = models.CharField(max_length=40, unique=True)
    """Random name of its files, without suffix."""
    sorte = models.CharField(max_length=8)
    """`.csv`, `.xlsx` or `.parquet`: the result is of the same kind."""
    question = models.CharField(max_length=12, default="positionner")
    """What is asked of each row, by its name in `binome.lots.questions`."""
    certification = models.CharField(max_length=40, default=code_par_defaut)
    """Whose rules decide."""
    reformes = models.JSONField(default=list)
    base = models.CharField(max_length=80)
    """Hash of the rule base that decides."""
    porteur = models.CharField(max_length=32)
    """The process that works on it."""
    origine = models.CharField(max_length=32, blank=True, db_index=True)
    """Who sent it, as a keyed hash of the address that changes each day; never the address."""
    octets = models.PositiveBigIntegerField(default=0)
    """Bytes of its files."""
    lues = models.PositiveIntegerField(default=0)
    decidees = models.PositiveIntegerField(default=0)
    ecartees = models.PositiveIntegerField(default=0)
    raison = models.TextField(blank=True)
    """Why it failed, in French."""
    avis = models.JSONField(default=list)
    """What its reader chose, in sentences of ours: nothing of the table."""
    cree_le = models.DateTimeField()
    vu_le = models.DateTimeField()
    """When its worker last gave a sign of life."""
    expire_le = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar[list[BaseConstraint]] = [
            models.CheckConstraint(condition=Q(etat__in=EtatDeLot.values), name="lot_etat_connu"),
            models.CheckConstraint(
                condition=Q(question__in=list(QUESTIONS)), name="lot_question_connue"
            ),
            models.CheckConstraint(condition=~Q(certification=""), name="lot_d_une_certification"),
            models.CheckConstraint(
                condition=Q(lues__gte=0, decidees__gte=0, ecartees__gte=0),
                name="lot_progression_positive",
            ),
            models.CheckConstraint(
                condition=Q(lues__gte=F("decidees") + F("ecartees")),
                name="lot_progression_coherente",
            ),
            models.CheckConstraint(
                condition=Q(expire_le__gt=F("cree_le")), name="lot_expire_apres_sa_creation"
            ),
        ]

    def __str__(self) -> str:
        return f"lot {self.pk} ({self.etat})"

    def etat_au(self, instant: datetime) -> str:
        """The state as it must be read: a lot whose worker fell silent is interrupted."""
        if self.etat in EN_VIE and self.vu_le < instant - SILENCE:
            return EtatDeLot.INTERROMPU
        return self.etat
