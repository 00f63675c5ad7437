"""People in post far from where one trains: the house knows no travel times."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.pilotage.indicateur import (
    DES_CONTRATS,
    A,
    IndicateurSuivi,
    Mesuree,
    Pourquoi,
    UniteDeMesure,
)

if TYPE_CHECKING:
    from binome.pilotage.lignes import FaitsComptes


def mesurer(faits: FaitsComptes) -> Mesuree:
    """Measured over one perimeter."""
    return Mesuree(None, total=len(faits.postes), lus=0, pourquoi=Pourquoi.HORS)


INDICATEUR: Final = IndicateurSuivi(
    code="acces",
    nom="Personnes à plus d’une heure d’un lieu de formation",
    question="Les places",
    definition="Les personnes en poste à plus de soixante minutes d’un site qui a des places. Binôme ne tient pas les temps de trajet.",
    numerateur="Personnes à plus de soixante minutes",
    denominateur="Personnes en poste",
    date_dite="Le dernier jour du mois",
    unite=UniteDeMesure.POUR_DIX_MILLE,
    voient=frozenset({A.PILOTE}),
    genres=DES_CONTRATS,
    mesurer=mesurer,
    regle="Fiche de pilotage, §6",
)
