"""The states of a civil status, of a certification to declare and of the lot that declares it."""

from __future__ import annotations

from typing import Final

from django.db import models


class EtatDeFiche(models.TextChoices):
    """Where a civil status stands."""

    COMPLETE = "complete", "Complet"
    A_CORRIGER = "a_corriger", "À corriger"
    EFFACEE = "effacee", "Effacé"


class EtatDesReglages(models.TextChoices):
    """Settings have no life of their own: they are changed, and each lot keeps a copy."""

    EN_VIGUEUR = "en_vigueur", "En vigueur"


class EtatDeDeclaration(models.TextChoices):
    """How far a certification is on its way to the passeport."""

    A_COMPLETER = "a_completer", "État civil à compléter"
    PRETE = "prete", "Prête à déclarer"
    DANS_UN_LOT = "dans_un_lot", "Dans un lot, pas encore déposée"
    DEPOSEE = "deposee", "Déposée, réponse attendue"
    ACCEPTEE = "acceptee", "Acceptée"
    REFUSEE = "refusee", "Refusée"
    REJETEE = "rejetee", "Fichier rejeté"
    CORRIGEE = "corrigee", "Corrigée, à déclarer de nouveau"
    A_SUPPRIMER = "a_supprimer", "Titre retiré, à supprimer du passeport"
    SUPPRIMEE = "supprimee", "Supprimée du passeport"
    ANNULEE = "annulee", "Sans suite"


class ActionDeclaree(models.TextChoices):
    """What a lot asks of the passeport, in the words of the schema."""

    CREATION = "CREATION", "Déclarer"
    SUPPRESSION = "SUPPRESSION", "Supprimer"


class IssueDeLigne(models.TextChoices):
    """What became of a certification in one lot."""

    ATTENDUE = "attendue", "Réponse attendue"
    ACCEPTEE = "acceptee", "Acceptée"
    REFUSEE = "refusee", "Refusée"
    REJETEE = "rejetee", "Fichier rejeté"
    RETIREE = "retiree", "Lot abandonné"


class EtatDeLotDePassages(models.TextChoices):
    """Where a lot stands."""

    A_DEPOSER = "a_deposer", "À déposer"
    DEPOSE = "depose", "Déposé, réponse attendue"
    TRAITE = "traite", "Traité"
    REJETE = "rejete", "Rejeté en entier"
    ABANDONNE = "abandonne", "Abandonné"


A_DECLARER: Final = (EtatDeDeclaration.PRETE, EtatDeDeclaration.CORRIGEE)
"""What the next lot takes."""
EN_LOT: Final = (EtatDeDeclaration.DANS_UN_LOT, EtatDeDeclaration.DEPOSEE)
"""What a lot holds: nothing else may be done of it meanwhile."""
ATTENDENT: Final = (
    EtatDeDeclaration.A_COMPLETER, *A_DECLARER, *EN_LOT, EtatDeDeclaration.REFUSEE, EtatDeDeclaration.REJETEE,
)  # fmt: skip
"""What is not accepted yet: the three months run."""
REGLEES: Final = (
    EtatDeDeclaration.ACCEPTEE, EtatDeDeclaration.SUPPRIMEE, EtatDeDeclaration.ANNULEE,
)  # fmt: skip
"""What needs nothing more, and no file."""
OUVERTS: Final = (EtatDeLotDePassages.A_DEPOSER, EtatDeLotDePassages.DEPOSE)
"""The lots whose answer is not known."""
