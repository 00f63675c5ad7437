"""Tying the employer to a dossier: their practice then follows it, without its diplomas and documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from binome.comptes.services import ChangementImpossible
from binome.dossiers.employeurs.services import qui_suivent
from binome.dossiers.flux import FLUX
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire

if TYPE_CHECKING:
    from binome.comptes.acteur import Acteur
    from binome.dossiers.models import Dossier


def associer(
    dossier: Dossier,
    acteur: Acteur,
    *,
    version: int,
    identifiant: str,
    courriel: str,
    nom: str = "",
) -> Dossier:
    """Ties the practice of a SIRET or RPPS, whose employer is invited when nobody holds it yet.

    Where somebody follows the dossier, it is another employer of the candidate, called `nom`. Raises GesteImpossible, Depasse.
    """
    autre = bool(qui_suivent(dossier)) and identifiant != dossier.employeur_identifiant
    donnees = {"identifiant": identifiant, "courriel": courriel, "nom": nom, "autre": autre}
    try:
        return faire(FLUX, "associer", dossier, acteur, version=version, donnees=donnees).objet
    except ChangementImpossible as impossible:
        raise GesteImpossible(str(impossible)) from None
