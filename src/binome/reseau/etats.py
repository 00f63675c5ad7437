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


class EtatDAppel(models.TextChoices):
    """Whether a call may be answered; the days of its window say when."""

    PREPARE = "prepare", "En préparation"
    PUBLIE = "publie", "Publié"
    RETIRE = "retire", "Retiré"


class EtatDeCandidature(models.TextChoices):
    """Where the answer of an organisation to a call stands."""

    BROUILLON = "brouillon", "Brouillon"
    DEPOSEE = "deposee", "Envoyée à la branche"
    A_COMPLETER = "a_completer", "À compléter"
    COMPLETEE = "completee", "Complétée"
    ACCEPTEE = "acceptee", "Acceptée"
    REFUSEE = "refusee", "Refusée"
    RETIREE = "retiree", "Retirée"


class EtatDeConvention(models.TextChoices):
    """Whether a convention runs; its days say from when to when."""

    EN_COURS = "en_cours", "En cours"
    SUSPENDUE = "suspendue", "Suspendue"
    TERMINEE = "terminee", "Terminée par une décision"
    ECHUE = "echue", "Arrivée à son terme"


class ModaliteProposee(models.TextChoices):
    """How an organisation proposes to teach."""

    SUR_PLACE = "sur_place", "En présence, sur un site"
    VIRTUELLE = "virtuelle", "En classe virtuelle, à heure dite"
    A_DISTANCE = "distance", "À distance, sans horaire"


DE_LA_BRANCHE = (EtatDeCandidature.DEPOSEE, EtatDeCandidature.COMPLETEE)
"""The states of an answer that wait for the branch."""
A_ECRIRE = (EtatDeCandidature.BROUILLON, EtatDeCandidature.A_COMPLETER)
"""Those where the organisation writes it."""
EN_VIE = (EtatDeConvention.EN_COURS, EtatDeConvention.SUSPENDUE)
"""The states of a convention that may still run."""
