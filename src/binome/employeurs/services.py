"""Tying the employer to a dossier: their practice then follows it, without its diplomas and documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from binome.comptes.services import ChangementImpossible
from binome.dossiers.employeurs.services import qui_suivent
from binome.dossiers.flux import FLUX
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire

if TYPE_CHECKING:
    from datetime import date

    from binome.comptes.acteur import Acteur
    from binome.dossiers.employeurs.models import EmploiSuivi
    from binome.dossiers.models import Dossier


def associer(
    dossier: Dossier,
    acteur: Acteur,
    *,
    version: int,
    identifiant: str,
    courriel: str,
    nom: str = "",
    part: int | None = None,
    du: date | None = None,
) -> Dossier:
    """Ties the practice of a SIRET or RPPS, whose employer is invited when nobody holds it yet.

    Where somebody follows the dossier, it is another employer of the candidate, called `nom`. `part` is the share of time,
    in basis points of a full time, `du` the first day, None when unknown. Raises GesteImpossible, Depasse.
    """
    autre = bool(qui_suivent(dossier)) and identifiant != dossier.employeur_identifiant
    donnees = {"identifiant": identifiant, "courriel": courriel, "nom": nom, "autre": autre,
               "part": part, "du": du}  # fmt: skip
    return _faire("associer", dossier, acteur, version, donnees)


def preciser(
    dossier: Dossier, suivi: EmploiSuivi, acteur: Acteur, *, version: int, part: str
) -> Dossier:
    """Says the share of time of a job, as people say it. Raises GesteImpossible, Depasse."""
    return _faire("preciser_l_emploi", dossier, acteur, version, {"suivi": suivi, "part": part})


def finir(
    dossier: Dossier, suivi: EmploiSuivi, acteur: Acteur, *, version: int, au: str
) -> Dossier:
    """Says the last day of a job: from the day after, its employer reads no longer. Raises GesteImpossible, Depasse."""
    return _faire("finir_l_emploi", dossier, acteur, version, {"suivi": suivi, "au": au})


def _faire(
    geste: str, dossier: Dossier, acteur: Acteur, version: int, donnees: dict[str, Any]
) -> Dossier:
    try:
        return faire(FLUX, geste, dossier, acteur, version=version, donnees=donnees).objet
    except ChangementImpossible as impossible:
        raise GesteImpossible(str(impossible)) from None
