"""What this room follows: a request, and nothing else."""

from __future__ import annotations

from django.db import models

from binome.comptes.models import Organisation
from binome.gestes.modele import Suivi


class Demande(Suivi):
    """A request of a training organisation, that its manager sends."""

    etat = models.CharField(
        max_length=10, choices=[("prete", "Prête"), ("envoyee", "Envoyée")], default="prete"
    )
    nom = models.CharField(max_length=40)
    organisme = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    reponse = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.nom
