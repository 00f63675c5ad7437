"""The states of what is delivered, its kinds, and why one is withdrawn."""

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


class EtatDeDuplicata(models.TextChoices):
    """A duplicate is delivered, and stays."""

    DELIVRE = "delivre", "Délivré"


class MotifDeRetrait(models.TextChoices):
    """Why a title is withdrawn: what a stranger may read of it."""

    IDENTITE = "identite", "L’identité imprimée était fausse"
    ERREUR = "erreur", "Le titre a été délivré par erreur"
    DECISION = "decision", "La décision du jury a changé"
    FRAUDE = "fraude", "Le titre a été obtenu par fraude"
    AUTRE = "autre", "Autre motif"
