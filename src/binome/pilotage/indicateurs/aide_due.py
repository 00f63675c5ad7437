"""What caisses owe over the twelve months to come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.pilotage.indicateur import (
    DES_CONTRATS,
    A,
    IndicateurSuivi,
    Mesuree,
    UniteDeMesure,
    somme,
)

if TYPE_CHECKING:
    from binome.pilotage.indicateur import Mesuree
    from binome.pilotage.lignes import FaitsComptes


def mesurer(faits: FaitsComptes) -> Mesuree:
    """Measured over one perimeter."""
    return somme([un.cents for un in faits.versements])


INDICATEUR: Final = IndicateurSuivi(
    code="aide_due",
    nom="Aide due dans les douze mois",
    question="Les contrats d’aide",
    definition="Les versements attendus dans l’année qui vient, au plus : la modulation selon l’objectif n’est pas connue d’avance. Un montant qu’aucune source ne donne n’y est pas.",
    numerateur="Centimes attendus",
    denominateur="",
    date_dite="Le jour du versement",
    unite=UniteDeMesure.CENTS,
    voient=frozenset({A.CPAM, A.PILOTE}),
    genres=DES_CONTRATS,
    mesurer=mesurer,
    regle="Fiche de pilotage, §6 ; conventions médicales",
    seuil="lus",
)
