"""The states of what the room keeps, and its closed lists: nothing about health is asked, or kept."""

from __future__ import annotations

from typing import Final

from django.db import models


class EtatDePassation(models.TextChoices):
    """Where somebody's attempt at an épreuve stands."""

    PREVUE = "prevue", "Prévue"
    PASSEE = "passee", "Passée"
    ABSENTE = "absente", "Absence"
    ANNULEE = "annulee", "Annulée"


class RaisonDePassation(models.TextChoices):
    """Why an épreuve was not passed, or is not to be."""

    PAS_VENUE = "pas_venue", "Ne s’est pas présentée"
    TROP_TARD = "trop_tard", "Arrivée trop tard"
    PREVENU = "prevenu", "Avait prévenu de son absence"
    REPORTEE = "reportee", "Reportée à un autre jour"
    ERREUR = "erreur", "Prévue par erreur"
    FIN = "fin", "Le parcours a pris fin"
    AUTRE = "autre", "Autre raison"


D_ABSENCE: Final = (
    RaisonDePassation.PAS_VENUE,
    RaisonDePassation.TROP_TARD,
    RaisonDePassation.PREVENU,
    RaisonDePassation.AUTRE,
)
"""Why somebody was absent."""
D_ANNULATION: Final = (
    RaisonDePassation.REPORTEE,
    RaisonDePassation.ERREUR,
    RaisonDePassation.AUTRE,
)
"""Why the organisation cancels; the end of a path is the house's."""


class EtatDeGrille(models.TextChoices):
    """Whether a grid holds; two devices that did not see each other leave a choice."""

    EN_VIGUEUR = "vigueur", "En vigueur"
    A_CHOISIR = "a_choisir", "À choisir"
    REMPLACEE = "remplacee", "Remplacée"


class EtatDeVerdict(models.TextChoices):
    """Whether what was written of a competence may still be read."""

    DIT = "dit", "Dit"
    EFFACE = "efface", "Observation effacée"


class Verdict(models.TextChoices):
    """What a grid says of a competence, or a tutor of a bloc."""

    ACQUIS = "acquis", "Acquis"
    NON_ACQUIS = "non_acquis", "Non acquis"
    NON_VU = "non_vu", "Non vu"


class EtatDAmenagement(models.TextChoices):
    """Whether a measure is granted."""

    ACCORDE = "accorde", "Accordé"
    RETIRE = "retire", "Retiré"


class MesureAccordee(models.TextChoices):
    """What may be granted to somebody for their épreuves (`sources/parcours.md` §3.4)."""

    TEMPS = "temps", "Temps en plus"
    MATERIEL = "materiel", "Aide matérielle"
    TECHNIQUE = "technique", "Aide technique"
    HUMAINE = "humaine", "Aide humaine"
    ETALEMENT = "etalement", "Épreuves étalées sur plusieurs sessions"
    CONSERVATION = "conservation", "Résultats conservés cinq ans"
    ADAPTATION = "adaptation", "Épreuve adaptée"
    DISPENSE = "dispense", "Épreuve dispensée"


class EtatDAvis(models.TextChoices):
    """Whether the opinion of a tutor holds."""

    EN_VIGUEUR = "vigueur", "En vigueur"
    REMPLACE = "remplace", "Remplacé"


class EtatDAttestation(models.TextChoices):
    """Whether an attestation is the one that counts."""

    EN_VIGUEUR = "vigueur", "En vigueur"
    REMPLACEE = "remplacee", "Remplacée"
