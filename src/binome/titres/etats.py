"""The states of what is delivered, and its kinds."""

from __future__ import annotations

from django.db import models


class NatureDeTitre(models.TextChoices):
    """What a paper certifies."""

    CQP = "cqp", "Parchemin du CQP"
    BLOCS = "blocs", "Attestation de blocs"
    FAE = "fae", "Attestation de formation d’adaptation"


class EtatDeTitre(models.TextChoices):
    """Whether it holds."""

    DELIVRE = "delivre", "Délivré"
    REVOQUE = "revoque", "Retiré"
