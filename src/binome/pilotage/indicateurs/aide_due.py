"""What caisses owe over the twelve months to come."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from binome.pilotage.indicateur import (
    DES_CONTRATS,
    A,
    IndicateurSuivi,
    Mesuree,
    Pourquoi,
    UniteDeMesure,
    somme,
)

if TYPE_CHECKING:
    from binome.pilotage.indicateur import Mesuree
    from binome.pilotage.lignes import FaitsComptes


def mesurer(faits: FaitsComptes) -> Mesuree:
    """The sum of what is known; a contract in force whose payments are not counted yet is unknown, not zero."""
    connus = [un for un in faits.versements if un.cents is not None]
    dits = {un.contrat for un in connus}
    tous = dits | {un.numero for un in faits.contrats if un.en_vigueur(faits.au)}
    mesuree = somme([un.cents for un in connus])
    pourquoi = Pourquoi.CHAMP if tous and not dits else mesuree.pourquoi
    return replace(mesuree, lus=len(dits), total=len(tous), pourquoi=pourquoi)


INDICATEUR: Final = IndicateurSuivi(
    code="aide_due",
    nom="Aide due dans les douze mois",
    question="Les contrats d’aide",
    definition="Les versements attendus dans l’année qui vient, au plus : la modulation selon l’objectif n’est pas connue d’avance. Un montant qu’aucune source ne donne n’y est pas, ni un contrat dont les versements ne sont pas encore comptés.",
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
