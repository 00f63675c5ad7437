"""The states of an agreement, of a month and of a certificate, and the closed lists of the room."""

from __future__ import annotations

from django.db import models


class VoieDePaiement(models.TextChoices):
    """By which route a training is paid; the codes are those of the rule base."""

    PDC = "pdc", "Plan de développement des compétences"
    CONTRAT_PRO = "contrat_professionnalisation", "Contrat de professionnalisation"
    PRO_A = "pro_a", "Pro-A"
    RECONVERSION = "periode_reconversion", "Période de reconversion"
    CPF = "cpf", "Compte personnel de formation"
    POEI = "poei", "Préparation à l’emploi individuelle"
    POEC = "poec", "Préparation à l’emploi collective"


class EtatDePriseEnCharge(models.TextChoices):
    """Where a request stands, then the agreement that it became."""

    PREPAREE = "preparee", "En préparation"
    DEMANDEE = "demandee", "Demandée"
    ACCORDEE = "accordee", "Accordée"
    REFUSEE = "refusee", "Refusée"
    RETIREE = "retiree", "Retirée"
    REMPLACEE = "remplacee", "Remplacée par un avenant"


OUVERTES = (EtatDePriseEnCharge.PREPAREE, EtatDePriseEnCharge.DEMANDEE)
"""A request that waits for something."""
TENUES = (EtatDePriseEnCharge.ACCORDEE, EtatDePriseEnCharge.REMPLACEE)
"""What a payer agreed, whether an amendment followed or not."""


class EtatDUnEtatDeService(models.TextChoices):
    """What became of the proven minutes of a month."""

    ETABLI = "etabli", "À vérifier par le financeur"
    ACCEPTE = "accepte", "Accepté"
    RENVOYE = "renvoye", "Renvoyé à l’organisme"
    REMPLACE = "remplace", "Remplacé par un autre"


EN_VIGUEUR = (
    EtatDUnEtatDeService.ETABLI,
    EtatDUnEtatDeService.ACCEPTE,
    EtatDUnEtatDeService.RENVOYE,
)
"""A month has one of these at most."""


class RaisonDeRenvoi(models.TextChoices):
    """Why a payer sends a month back: nothing of the person is typed."""

    HEURES = "heures", "Les heures ne sont pas celles de l’accord"
    DATES = "dates", "Des dates sont hors de l’accord"
    SIRET = "siret", "Un numéro SIRET n’est pas à jour"
    CERTIFICAT = "certificat", "Le certificat de réalisation manque, ou ne dit pas la même chose"
    PREUVE = "preuve", "Une preuve est demandée"
    AUTRE = "autre", "Autre raison"


class EtatDeCertificat(models.TextChoices):
    """Whether a certificate still says what the month proves."""

    DELIVRE = "delivre", "Délivré"
    REMPLACE = "remplace", "Remplacé"


class NatureDeDocument(models.TextChoices):
    """What a request is sent with."""

    DEVIS = "devis", "Devis"
    PROGRAMME = "programme", "Programme"
    CONVENTION = "convention", "Convention de formation"
    CONTRAT = "contrat", "Contrat ou avenant au contrat de travail"
    ACCORD = "accord", "Accord écrit de reconversion"
    FORMULAIRE = "formulaire", "Formulaire signé"
    AUTRE = "autre", "Autre document"
