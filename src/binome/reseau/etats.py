"""The states of a place where an organisation trains."""

from __future__ import annotations

from django.db import models


class EtatDeSite(models.TextChoices):
    """Whether sessions may be planned there."""

    OUVERT = "ouvert", "Ouvert"
    FERME = "ferme", "Fermé"
