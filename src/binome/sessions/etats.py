"""The states of a session, of its slots and of who is enrolled, and their closed lists."""

from __future__ import annotations

from django.db import models


class EtatDeSession(models.TextChoices):
    """Where a session stands: nobody outside the organisation reads one that is not published."""

    PREPAREE = "preparee", "En préparation"
    PUBLIEE = "publiee", "Publiée"
    TERMINEE = "terminee", "Terminée"
    ANNULEE = "annulee", "Annulée"


class EtatDeCreneau(models.TextChoices):
    """Where a slot stands: `gele` once its trainer has counter-signed."""

    PREVU = "prevu", "Prévu"
    OUVERT = "ouvert", "Signature ouverte"
    GELE = "gele", "Contresigné"
    ANNULE = "annule", "Annulé"


class ModaliteDeCreneau(models.TextChoices):
    """How a slot is taught."""

    SUR_PLACE = "sur_place", "Sur place"
    CLASSE_VIRTUELLE = "virtuelle", "Classe virtuelle"
    A_DISTANCE = "distance", "À distance, sans horaire"


class EtatDInscription(models.TextChoices):
    """Whether a path is enrolled."""

    INSCRITE = "inscrite", "Inscription en cours"
    RETIREE = "retiree", "Inscription retirée"


class RaisonDAnnulation(models.TextChoices):
    """Why a session is cancelled: nothing about anybody's health is asked, or kept."""

    EFFECTIF = "effectif", "Pas assez de personnes inscrites"
    FORMATEUR = "formateur", "Personne pour enseigner"
    LIEU = "lieu", "Le lieu n’est plus disponible"
    REMPLACEE = "remplacee", "Une autre session la remplace"
    ERREUR = "erreur", "Préparée par erreur"
    AUTRE = "autre", "Autre raison"


class RaisonDeRetrait(models.TextChoices):
    """Why a path leaves a session: nothing about health is asked, or kept."""

    AUTRE_SESSION = "session", "Passe à une autre session"
    ARRET = "arret", "Le parcours s’arrête"
    ERREUR = "erreur", "Inscription par erreur"
    ANNULATION = "annulation", "La session est annulée"


class EtatDeRappelDeCreneau(models.TextChoices):
    """Whether a person is reminded, the day before, of their slots."""

    RAPPELE = "rappele", "Un rappel la veille"
    MUET = "muet", "Sans rappel"
