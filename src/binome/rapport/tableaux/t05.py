"""Table 5: what trainees of the CQP had before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.rapport.compter import repartis
from binome.rapport.tableau import (
    CompteDuRapport,
    LigneDuRapport,
    SorteDeTableau,
    TableauDuRapport,
    UniteDuRapport,
)

if TYPE_CHECKING:
    from binome.trames.cadres import Trames

LIGNES: Final = (
    LigneDuRapport("bac", "Baccalauréat, ou bac + 1", 694),
    LigneDuRapport("bac_2", "Bac + 2 et au-delà", 316),
    LigneDuRapport("experience", "Sous le bac, trois ans d’expérience de secrétaire", 128),
    LigneDuRapport("sous_bac", "Sous le bac, sans ces trois ans", 170),
)


def compter(trames: Trames) -> CompteDuRapport:
    """The dossiers whose path is a CQP, by what they had; one dossier counts once."""
    from binome.trames import agregats  # noqa: PLC0415 - only a count pays for its engine

    entrants = agregats.du_cqp(trames.dossiers, trames.parcours)
    lus = agregats.comptes(agregats.diplomes(entrants))
    lus["bac_2"] = lus.get("bac_2", 0) + lus.pop("bac_3", 0)
    return repartis(lus, [un.code for un in LIGNES])


TABLEAU: Final = TableauDuRapport(
    "tableau-5",
    "Tableau 5",
    "Les diplômes des stagiaires avant leur entrée au CQP",
    "tableau 5",
    ("igas-2023, tableau 5",),
    SorteDeTableau.VIVANT,
    UniteDuRapport.NOMBRE,
    LIGNES,
    reserve="Le rapport a huit lignes : nous réunissons celles que le niveau de diplôme ne distingue pas. Il ne dit rien de bac + 3, que nous comptons avec bac + 2.",
    compter=compter,
)
