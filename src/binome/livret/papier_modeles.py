"""The printed cards that came back: each a scan kept as it came, and the weeks that somebody confirmed on it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from binome.comptes.models import Personne
from binome.gestes.modele import Suivi
from binome.livret.etats import EtatDeCarteScannee
from binome.parcours.models import Parcours
from binome.socle.contraintes import parmi

if TYPE_CHECKING:
    from datetime import datetime


class CarteScannee(Suivi):
    """Cards filled in by hand, scanned. What is confirmed on it is named by its `uid`, so that nothing comes twice.

    `semaines` are what its squares name: each Monday, with the codes of the competences printed. `confirmees` are the Mondays
    of which something was confirmed. `fichier` is the scan on its shelf, empty once set aside, `empreinte` its hash: one scan counts once for a path.
    """

    etat = models.CharField(
        max_length=10, choices=EtatDeCarteScannee.choices, default=EtatDeCarteScannee.A_CONFIRMER
    )
    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    parcours = models.ForeignKey(Parcours, on_delete=models.PROTECT, related_name="cartes_scannees")
    semaines = models.JSONField()
    confirmees = models.JSONField(default=list)
    fichier = models.CharField(max_length=100)
    empreinte = models.CharField(max_length=64)
    type = models.CharField(max_length=40)
    octets = models.PositiveIntegerField()
    pages = models.PositiveSmallIntegerField()
    par = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")
    deposee_le: models.DateTimeField[datetime, datetime] = models.DateTimeField()

    class Meta:
        ordering = ("parcours", "pk")
        verbose_name = "carte scannée"
        verbose_name_plural = "cartes scannées"
        constraints = (
            parmi("etat", EtatDeCarteScannee),
            models.UniqueConstraint(
                fields=["parcours", "empreinte"],
                condition=~Q(etat=EtatDeCarteScannee.ECARTEE),
                name="livret_une_carte_par_numerisation",
            ),
        )

    def __str__(self) -> str:
        return f"carte scannée {self.pk}"
