"""The states of what is billed, spent, advanced and received, and the closed lists of the room."""

from __future__ import annotations

from django.db import models


class NatureDeFacture(models.TextChoices):
    """What a numbered paper is."""

    FACTURE = "facture", "Facture"
    AVOIR = "avoir", "Avoir"


class EtatDeFacture(models.TextChoices):
    """An invoice is never changed: credit notes take it back, in part or whole."""

    EMISE = "emise", "Émise"
    ANNULEE = "annulee", "Annulée par avoir"


class NatureDeDepense(models.TextChoices):
    """The costs that go with a training (frais annexes)."""

    REPAS = "repas", "Repas"
    HEBERGEMENT = "hebergement", "Hébergement"
    TRAJET = "trajet", "Trajet"


class EtatDeDepense(models.TextChoices):
    """Where an expense of an employer stands."""

    DECLAREE = "declaree", "À vérifier par le financeur"
    ACCEPTEE = "acceptee", "Acceptée"
    REFUSEE = "refusee", "Refusée"
    RETIREE = "retiree", "Retirée"


class EtatDAvance(models.TextChoices):
    """What a trainee paid out of their pocket."""

    DUE = "due", "À vous rembourser"
    RENDUE = "rendue", "Remboursée"
    RETIREE = "retiree", "Retirée"


class EtatDuReglementRecu(models.TextChoices):
    """A payment that came in."""

    A_RAPPROCHER = "recu", "À rapprocher"
    RAPPROCHE = "rapproche", "Rapproché"
    ECARTE = "ecarte", "Mis de côté"


class RaisonDAvoir(models.TextChoices):
    """Why a credit note is made: nothing of a person is typed."""

    CORRECTION = "correction", "Un créneau a été corrigé"
    ACHETEUR = "acheteur", "L’acheteur, ou son adresse, n’est pas le bon"
    ERREUR = "erreur", "Erreur de facturation"


class RaisonDeRefusDeDepense(models.TextChoices):
    """Why a payer refuses an expense."""

    PROXIMITE = "proximite", "L’organisme n’est pas celui qui est proche"
    JUSTIFICATIF = "piece", "Le justificatif ne dit pas cette dépense"
    PLAFOND = "plafond", "Le plafond est atteint"
    AUTRE = "autre", "Autre raison"
