"""The states of a subscription to the days of contracts."""

from __future__ import annotations

from django.db import models


class EtatDAbonnementAuxEcheances(models.TextChoices):
    """Whether an address is open."""

    FERME = "ferme", "Aucune adresse ouverte"
    OUVERT = "ouvert", "Une adresse ouverte"
