"""The states of a jury, of who is presented to it and of what it decides."""

from __future__ import annotations

from django.db import models


class EtatDeJury(models.TextChoices):
    """Where a jury stands: prepared, called, sitting, its minutes closed."""

    PREPARE = "prepare", "En préparation"
    CONVOQUE = "convoque", "Convoqué"
    OUVERT = "ouvert", "En séance"
    CLOS = "clos", "Clos"
    ANNULE = "annule", "Annulé"


class EtatDePresentation(models.TextChoices):
    """Whether the jury decided of somebody."""

    A_EXAMINER = "a_examiner", "À examiner"
    DECIDEE = "decidee", "Décidée"
    RETIREE = "retiree", "Retirée"


class EtatDeDecisionDeBloc(models.TextChoices):
    """Whether a decision holds: one that an appeal changed is replaced, and stays."""

    EN_VIGUEUR = "vigueur", "En vigueur"
    REMPLACEE = "remplacee", "Remplacée"


class IssueDeBloc(models.TextChoices):
    """What a jury decides of a bloc."""

    VALIDE = "valide", "Validé"
    AJOURNE = "ajourne", "Ajourné"
