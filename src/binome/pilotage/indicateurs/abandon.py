"""Those who gave up, of those who entered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.pilotage.indicateur import DES_PARCOURS, A, IndicateurSuivi, UniteDeMesure, part

if TYPE_CHECKING:
    from binome.pilotage.indicateur import Mesuree
    from binome.pilotage.lignes import FaitsComptes


def mesurer(faits: FaitsComptes) -> Mesuree:
    """Measured over one perimeter."""
    entres = [un for un in faits.parcours if un.entree is not None]
    return part(sum(un.abandon_le is not None for un in entres), len(entres))


INDICATEUR: Final = IndicateurSuivi(
    code="abandon",
    nom="Abandons",
    question="Les certifications",
    definition="Les personnes qui ont arrêté leur parcours, parmi celles qui y sont entrées. Une interruption ou un transfert n’est pas un abandon.",
    numerateur="Parcours abandonnés",
    denominateur="Parcours entrés",
    date_dite="Le premier jour suivi",
    unite=UniteDeMesure.POUR_DIX_MILLE,
    voient=frozenset({A.ORGANISME, A.BRANCHE}),
    genres=DES_PARCOURS,
    mesurer=mesurer,
    regle="Fiche de pilotage, §6",
    seuil="taux",
)
