"""Agreements where a trainee waits for more than thirty days to be paid back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.pilotage.indicateur import DE_L_ARGENT, A, IndicateurSuivi, UniteDeMesure, part

if TYPE_CHECKING:
    from binome.pilotage.indicateur import Mesuree
    from binome.pilotage.lignes import FaitsComptes

UN_MOIS: Final = 30


def mesurer(faits: FaitsComptes) -> Mesuree:
    """Measured over one perimeter."""
    prises = {un.prise for un in faits.avances}
    longues = {
        un.prise for un in faits.avances if ((un.rendue_le or faits.au) - un.depuis).days > UN_MOIS
    }
    return part(len(longues), len(prises))


INDICATEUR: Final = IndicateurSuivi(
    code="avances_longues",
    nom="Avances remboursées après trente jours",
    question="L’argent",
    definition="Les prises en charge où la personne en formation a attendu plus de trente jours ce qu’elle avait avancé, ou l’attend encore.",
    numerateur="Prises en charge avec une avance de plus de trente jours",
    denominateur="Prises en charge avec une avance",
    date_dite="Le jour de l’avance",
    unite=UniteDeMesure.POUR_DIX_MILLE,
    voient=frozenset({A.OPCO, A.BRANCHE}),
    genres=DE_L_ARGENT,
    mesurer=mesurer,
    regle="Fiche de pilotage, §6 ; rapport de l’IGAS de 2023, ¶112",
    seuil="taux",
)
