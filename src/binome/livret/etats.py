"""The states of a card, of what is said on it and of who signs it, and their closed lists."""

from __future__ import annotations

from typing import Final

from django.db import models


class EtatDeTutorat(models.TextChoices):
    """Whether a person is the tutor of a path now."""

    NOMME = "nomme", "En cours"
    FINI = "fini", "Terminé"


class EtatDeCarte(models.TextChoices):
    """Where the card of a week stands: once both signed what they both saw, it is signed."""

    OUVERTE = "ouverte", "À signer"
    SIGNEE = "signee", "Signée par les deux"


class Valeur(models.TextChoices):
    """What a week brought for a competence."""

    VU = "vu", "Vu"
    AIDE = "aide", "Avec aide"
    SEUL = "seul", "Sans aide"
    PAS_EU = "pas_eu", "Pas eu l’occasion"


class EtatDAppreciation(models.TextChoices):
    """Whether what was said of a competence holds; two devices that did not see each other leave a choice."""

    EN_VIGUEUR = "vigueur", "En vigueur"
    A_CHOISIR = "a_choisir", "À choisir"
    REMPLACEE = "remplacee", "Dite autrement depuis"


class EtatDeSignatureDeCarte(models.TextChoices):
    """Whether a signature covers what the card says now."""

    RECUE = "recue", "Reçue"
    PERIMEE = "perimee", "La carte a changé depuis"
    CONTESTEE = "contestee", "Contestée"


class MoyenDeCarte(models.TextChoices):
    """How a card was signed: on one's own account, by a drawing on the other's phone, on paper."""

    COMPTE = "compte", "Sur son compte"
    DESSIN = "dessin", "Dessinée sur le téléphone de l’autre"
    PAPIER = "papier", "Sur la carte imprimée"


class EtatDeCarteScannee(models.TextChoices):
    """What became of the scan of printed cards."""

    A_CONFIRMER = "lue", "À confirmer"
    CONFIRMEE = "confirmee", "Confirmée"
    ECARTEE = "ecartee", "Mise de côté"


class CoteDuBinome(models.TextChoices):
    """The two of the pair."""

    STAGIAIRE = "stagiaire", "Stagiaire"
    TUTEUR = "tuteur", "Tuteur ou tutrice"


class EtatDeGlissement(models.TextChoices):
    """Who knows of a task beyond the trade: the pair first, then the branch alone."""

    DIT = "dit", "Dit au binôme"
    TRANSMIS = "transmis", "Transmis à la branche"
    RETIRE = "retire", "Retiré : la phrase a changé"


class EtatDeRappel(models.TextChoices):
    """Whether a person wants a word when their card waits."""

    ACTIF = "actif", "Chaque semaine"
    ARRETE = "arrete", "Arrêté"


class EtatDAbonnement(models.TextChoices):
    """Whether a device may be told."""

    OUVERT = "ouvert", "Ouvert"
    CLOS = "clos", "Clos"


DITES: Final = (EtatDAppreciation.EN_VIGUEUR, EtatDAppreciation.A_CHOISIR)
"""What is shown on a card."""
