"""Success, and second attempts, over closed cohorts only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.pilotage.cohortes import closes
from binome.pilotage.indicateur import DES_PARCOURS, A, IndicateurSuivi, UniteDeMesure, part

if TYPE_CHECKING:
    from binome.pilotage.indicateur import Mesuree
    from binome.pilotage.lignes import FaitsComptes


def reussite(faits: FaitsComptes) -> Mesuree:
    """Those who hold a title, of those presented to a jury."""
    presentes = [un for un in closes(faits) if un.tentatives]
    return part(sum(un.titre_le is not None for un in presentes), len(presentes))


def redoublement(faits: FaitsComptes) -> Mesuree:
    """Those presented more than once, of those presented."""
    presentes = [un for un in closes(faits) if un.tentatives]
    return part(sum(un.tentatives > 1 for un in presentes), len(presentes))


REUSSITE: Final = IndicateurSuivi(
    code="reussite",
    nom="Réussite",
    question="Les certifications",
    definition="Les personnes qui ont leur titre, parmi celles présentées à un jury. Seules comptent les promotions d’un mois dont plus personne n’est en cours.",
    numerateur="Titres obtenus",
    denominateur="Personnes présentées à un jury, promotions closes",
    date_dite="Le premier jour suivi, par mois",
    unite=UniteDeMesure.POUR_DIX_MILLE,
    voient=frozenset({A.BRANCHE, A.ORGANISME, A.PILOTE}),
    genres=DES_PARCOURS,
    mesurer=reussite,
    regle="Fiche de pilotage, §6",
    seuil="taux",
)

REDOUBLEMENT: Final = IndicateurSuivi(
    code="redoublement",
    nom="Présentées plusieurs fois",
    question="Les certifications",
    definition="Les personnes présentées à plus d’un jury, parmi celles présentées, dans les promotions closes.",
    numerateur="Présentées au moins deux fois",
    denominateur="Personnes présentées à un jury, promotions closes",
    date_dite="Le premier jour suivi, par mois",
    unite=UniteDeMesure.POUR_DIX_MILLE,
    voient=frozenset({A.BRANCHE, A.ORGANISME}),
    genres=DES_PARCOURS,
    mesurer=redoublement,
    regle="Fiche de pilotage, §6",
    seuil="taux",
)
