"""The sheets of paper that came back: each a scan kept as it came, and the lines that somebody confirmed on it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from binome.comptes.models import Personne
from binome.gestes.modele import Suivi
from binome.presences.etats import EtatDeFeuille, LectureDeFeuille
from binome.sessions.models import Creneau
from binome.socle.contraintes import parmi

if TYPE_CHECKING:
    from datetime import datetime


class FeuilleScannee(Suivi):
    """A signed sheet, scanned. `uid` names it: the signature of a line is named by it and by the path, so that a line
    confirmed twice is one.

    `version_lue` is that of the list it was printed with, `lecture` how its code was known. `lignes` are the numbers of
    the paths whose line was confirmed. `fichier` is the scan on its shelf, `empreinte` its hash: one scan counts once for a slot.
    """

    etat = models.CharField(
        max_length=10, choices=EtatDeFeuille.choices, default=EtatDeFeuille.A_CONFIRMER
    )
    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    creneau = models.ForeignKey(Creneau, on_delete=models.PROTECT, related_name="feuilles")
    fichier = models.CharField(max_length=100)
    empreinte = models.CharField(max_length=64)
    type = models.CharField(max_length=40)
    octets = models.PositiveIntegerField()
    pages = models.PositiveSmallIntegerField()
    version_lue = models.CharField(max_length=8)
    lecture = models.CharField(max_length=6, choices=LectureDeFeuille.choices)
    lignes = models.JSONField(default=list)
    par = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")
    deposee_le: models.DateTimeField[datetime, datetime] = models.DateTimeField()

    class Meta:
        ordering = ("creneau", "pk")
        verbose_name = "feuille scannée"
        verbose_name_plural = "feuilles scannées"
        constraints = (
            parmi("etat", EtatDeFeuille),
            parmi("lecture", LectureDeFeuille),
            models.UniqueConstraint(
                fields=["creneau", "empreinte"],
                condition=~Q(etat=EtatDeFeuille.ECARTEE),
                name="feuilles_une_par_numerisation",
            ),
        )

    def __str__(self) -> str:
        return f"feuille {self.pk}"
