"""The states of what the network is made of."""

from __future__ import annotations

from django.db import models


class EtatDeSite(models.TextChoices):
    """Whether sessions may be planned there."""

    OUVERT = "ouvert", "Ouvert"
    FERME = "ferme", "Fermé"


class EtatDeFormateur(models.TextChoices):
    """Whether somebody trains for the organisation; `EFFACE` once their name is taken off."""

    FORME = "forme", "Forme ici"
    PARTI = "parti", "Ne forme plus ici"
    EFFACE = "efface", "Nom effacé"
