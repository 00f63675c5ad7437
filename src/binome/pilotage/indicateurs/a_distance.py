"""The share of hours followed at a distance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.pilotage.indicateur import DES_SESSIONS, A, IndicateurSuivi, UniteDeMesure, part

if TYPE_CHECKING:
    from binome.pilotage.indicateur import Mesuree
    from binome.pilotage.lignes import FaitsComptes


def mesurer(faits: FaitsComptes) -> Mesuree:
    """Measured over one perimeter."""
    return part(
        sum(une.minutes for une in faits.heures if une.a_distance),
        sum(une.minutes for une in faits.heures),
    )


INDICATEUR: Final = IndicateurSuivi(
    code="a_distance",
    nom="Heures suivies à distance",
    question="Les places",
    definition="Les minutes suivies en classe virtuelle, ou à distance sans horaire, parmi toutes celles qui sont contresignées.",
    numerateur="Minutes suivies à distance",
    denominateur="Minutes suivies",
    date_dite="Le jour du créneau",
    unite=UniteDeMesure.POUR_DIX_MILLE,
    voient=frozenset({A.BRANCHE, A.ORGANISME, A.PILOTE}),
    genres=DES_SESSIONS,
    mesurer=mesurer,
    regle="Fiche de pilotage, §6 ; rapport de l’IGAS de 2023, graphique 4",
    seuil="organismes",
)
