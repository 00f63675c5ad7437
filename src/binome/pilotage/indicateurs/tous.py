"""Every indicator, by question and in the order of the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.pilotage.indicateurs import (
    a_distance,
    abandon,
    acces,
    aide_due,
    argent,
    avances,
    contrats_en_vigueur,
    contrats_signes,
    delai_d_entree,
    dispenses,
    entrees,
    etp_par_personne,
    personnes_en_poste,
    personnes_par_contrat,
    places,
    positionnement,
    progression,
    qualifies,
    reussite,
    sans_formation,
    taux_de_recours,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from binome.pilotage.indicateur import IndicateurSuivi

_TOUS: Final = (
    contrats_en_vigueur.INDICATEUR,
    contrats_signes.INDICATEUR,
    progression.INDICATEUR,
    progression.RYTHME,
    taux_de_recours.INDICATEUR,
    aide_due.INDICATEUR,
    personnes_en_poste.INDICATEUR,
    personnes_par_contrat.INDICATEUR,
    etp_par_personne.INDICATEUR,
    sans_formation.A_12_MOIS,
    sans_formation.A_24_MOIS,
    delai_d_entree.INDICATEUR,
    entrees.DEPUIS_LE_DEBUT,
    entrees.PAR_LE_CQP,
    entrees.PAR_LA_FAE,
    dispenses.INDICATEUR,
    qualifies.EN_TOUT,
    qualifies.EN_DOUZE_MOIS,
    reussite.REUSSITE,
    reussite.REDOUBLEMENT,
    abandon.INDICATEUR,
    positionnement.MEDIANE,
    positionnement.P90,
    positionnement.STOCK,
    places.OUVERTES,
    places.REMPLISSAGE,
    places.A_VENIR,
    a_distance.INDICATEUR,
    acces.INDICATEUR,
    argent.ENGAGE,
    argent.FACTURE,
    argent.PAYE,
    argent.RESTE,
    argent.PAR_QUALIFIE,
    avances.INDICATEUR,
)
INDICATEURS: Final[Mapping[str, IndicateurSuivi]] = {un.code: un for un in _TOUS}
"""By code."""
