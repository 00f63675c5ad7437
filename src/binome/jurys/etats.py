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
    DECIDEE = "decidee", "Blocs décidés"
    RETIREE = "retiree", "Retrait du jury"


class EtatDeDecisionDeBloc(models.TextChoices):
    """Whether a decision holds: one that an appeal changed is replaced, and stays."""

    EN_VIGUEUR = "vigueur", "En vigueur"
    REMPLACEE = "remplacee", "Remplacée"


class IssueDeBloc(models.TextChoices):
    """What a jury decides of a bloc."""

    VALIDE = "valide", "Validé"
    AJOURNE = "ajourne", "Ajourné"


class EtatDeReglement(models.TextChoices):
    """Whether parameters of juries hold; those written by mistake are withdrawn, and stay."""

    EN_VIGUEUR = "vigueur", "En vigueur"
    RETIRE = "retire", "Retiré"


class College(models.TextChoices):
    """The colleges of a jury, as `conflits.py` names them."""

    EMPLOYEURS = "employeurs", "Employeurs"
    SALARIES = "salaries", "Salariés"


class EtatDeMembre(models.TextChoices):
    """Whether somebody may be asked to sit."""

    INSCRIT = "inscrit", "Peut siéger"
    RETIRE = "retire", "Ne siège plus"
    EFFACE = "efface", "Nom effacé"


class EtatDePlace(models.TextChoices):
    """Where a seat stands, from the person who chose it to the sitting."""

    PROPOSEE = "proposee", "Place proposée"
    CONVOQUEE = "convoquee", "Convocation partie"
    PRESENTE = "presente", "Est là"
    ABSENTE = "absente", "N’est pas là"
    RETIREE = "retiree", "Place retirée"


class EtatDeProcesVerbal(models.TextChoices):
    """Minutes are established once, and never change: their seal is a paper, not a state."""

    ETABLI = "etabli", "Établi"


class EtatDeRecoursDeJury(models.TextChoices):
    """What became of an appeal against a jury."""

    DEPOSE = "depose", "À traiter"
    ACCUEILLI = "accueilli", "Une décision a changé"
    REJETE = "rejete", "Décisions maintenues"


class EtatDeVae(models.TextChoices):
    """Where a request by experience stands, until a jury."""

    DEMANDEE = "demandee", "Recevabilité à dire"
    RECEVABLE = "recevable", "Recevable"
    ACCOMPAGNEE = "accompagnee", "Accompagnement en cours"
    LIVRET_RECU = "livret_recu", "Livret reçu"
    ENTRETENUE = "entretenue", "Entretien tenu"
    PRESENTEE = "presentee", "Présentée au jury"
    IRRECEVABLE = "irrecevable", "Pas recevable"
    ABANDONNEE = "abandonnee", "Abandonnée"


VAE_EN_COURS = (
    EtatDeVae.DEMANDEE,
    EtatDeVae.RECEVABLE,
    EtatDeVae.ACCOMPAGNEE,
    EtatDeVae.LIVRET_RECU,
    EtatDeVae.ENTRETENUE,
)
"""The states of a request that goes on: one at most for a dossier."""
ASSISES = (EtatDePlace.PROPOSEE, EtatDePlace.CONVOQUEE, EtatDePlace.PRESENTE, EtatDePlace.ABSENTE)
"""The states of a seat that somebody holds."""
