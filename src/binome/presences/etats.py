"""The states of a signature and of a presence, and their closed lists."""

from __future__ import annotations

from django.db import models


class EtatDeSignature(models.TextChoices):
    """Whether a signature counts: one that was made after the slot froze is proposed; one set aside stays, and proves nothing."""

    RECUE = "recue", "Reçue"
    PROPOSEE = "proposee", "Proposée après coup"
    ECARTEE = "ecartee", "Mise de côté"


class MoyenDeSignature(models.TextChoices):
    """How a signature came."""

    CODE = "code", "Code affiché par le formateur"
    TABLETTE = "tablette", "Tablette"
    PAPIER = "papier", "Feuille imprimée"
    APRES_COUP = "apres_coup", "Après coup"


class RaisonDeMiseDeCote(models.TextChoices):
    """Why a signature that was made after its slot froze is not accepted."""

    ABSENTE = "absente", "La personne n’était pas là"
    AILLEURS = "ailleurs", "Ces heures sont comptées dans un autre créneau"
    AUTRE = "autre", "Autre raison"


class EtatDePresence(models.TextChoices):
    """Whether a presence is what holds today, or was said again since; `notee` while its slot is not counter-signed."""

    NOTEE = "notee", "Notée, pas encore contresignée"
    EN_VIGUEUR = "vigueur", "En vigueur"
    REMPLACEE = "remplacee", "Corrigée depuis"


class NatureDePresence(models.TextChoices):
    """What happened in a slot for one person."""

    PRESENT = "present", "Présence"
    ABSENT = "absent", "Absence"


class RaisonDeCorrection(models.TextChoices):
    """Why a presence is said again once its slot is counter-signed."""

    OUBLI = "oubli", "La signature a été oubliée"
    HEURE = "heure", "L’heure d’arrivée ou de départ était fausse"
    TARDIVE = "tardive", "La signature est arrivée après"
    PERSONNE = "personne", "La personne n’était pas la bonne"
    AUTRE = "autre", "Autre erreur de saisie"


TENUES = (EtatDePresence.NOTEE, EtatDePresence.EN_VIGUEUR)
"""The states of which one presence at most is, for a person in a slot."""


class EtatDeFeuille(models.TextChoices):
    """What became of a scanned sheet."""

    A_CONFIRMER = "lue", "À confirmer"
    CONFIRMEE = "confirmee", "Confirmée"
    ECARTEE = "ecartee", "Mise de côté"


class LectureDeFeuille(models.TextChoices):
    """How the slot of a sheet was known."""

    CARRE = "carre", "Lu sur la feuille"
    SAISIE = "saisie", "Code recopié à la main"


class EtatDActivite(models.TextChoices):
    """Where an activity followed at a distance stands."""

    RENDUE = "rendue", "Rendue"
    A_REPRENDRE = "a_reprendre", "À reprendre"
    EVALUEE = "evaluee", "Évaluée"
