"""The states of a path, and the closed lists that end one."""

from __future__ import annotations

from django.db import models


class EtatDeParcours(models.TextChoices):
    """Where a path stands."""

    OUVERT = "ouvert", "Ouvert"
    INTERROMPU = "interrompu", "Interrompu"
    TRANSFERE = "transfere", "Transféré"
    REMPLACE = "remplace", "Remplacé"
    ABANDONNE = "abandonne", "Abandonné"
    CERTIFIE = "certifie", "Terminé (certification)"
    ATTESTE = "atteste", "Terminé (adaptation à l’emploi)"


EN_COURS = (EtatDeParcours.OUVERT, EtatDeParcours.INTERROMPU)
"""The states of a path that is not over: one at most for a dossier."""
AVEC_TITRE = (EtatDeParcours.CERTIFIE, EtatDeParcours.ATTESTE)
"""The states of a path that ended by a title. Their words tell nothing of it: who employs the person reads them."""


class RaisonDArret(models.TextChoices):
    """Why a path stops, for a while or for good: nothing about health is asked, or kept."""

    EMPLOI = "emploi", "L’emploi a pris fin ou changé"
    ABSENCE = "absence", "Absence longue"
    FINANCEMENT = "financement", "Le financement manque"
    ORGANISATION = "organisation", "Le cabinet ne peut plus libérer la personne"
    CHOIX = "choix", "Choix de la personne"
    AUTRE = "autre", "Autre raison"


class Statut(models.TextChoices):
    """What the decision says of a module."""

    A_SUIVRE = "a_suivre", "À suivre"
    DISPENSE = "dispense", "Dispensé"
    ACQUIS = "acquis", "Déjà acquis"
