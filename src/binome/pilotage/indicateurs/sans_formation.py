"""People in post for a year, or two, neither qualified nor in training: the question of recommendation 9."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.pilotage.indicateur import DES_CONTRATS, A, IndicateurSuivi, UniteDeMesure, part
from binome.pilotage.postes import en_poste
from binome.regles.calendrier import ajouter_mois

if TYPE_CHECKING:
    from binome.pilotage.indicateur import Mesuree
    from binome.pilotage.lignes import FaitsComptes


def _apres(faits: FaitsComptes, mois: int) -> Mesuree:
    """Those known not to be qualified nor in training after so many months, of those in post whose training is known."""
    postes = en_poste(faits)
    personnes = {un.personne for un in postes}
    dits = {un.personne: un for un in postes if un.qualifiee is not None}
    sans = {
        nom
        for nom, un in dits.items()
        if not un.qualifiee and not un.en_formation and ajouter_mois(un.depuis, mois) <= faits.au
    }
    return part(len(sans), len(dits), lus=len(dits), total=len(personnes))


def apres_12_mois(faits: FaitsComptes) -> Mesuree:
    """After twelve months."""
    return _apres(faits, 12)


def apres_24_mois(faits: FaitsComptes) -> Mesuree:
    """After twenty-four months."""
    return _apres(faits, 24)


A_12_MOIS: Final = IndicateurSuivi(
    code="sans_formation_12",
    nom="Sans formation après douze mois",
    question="Les personnes en poste",
    definition="Les personnes en poste depuis douze mois ou plus, ni qualifiées ni en formation, parmi celles en poste dont nous savons où elles en sont.",
    numerateur="En poste depuis douze mois, ni qualifiées ni en formation",
    denominateur="Personnes en poste dont la formation est connue",
    date_dite="Le dernier jour du mois",
    unite=UniteDeMesure.POUR_DIX_MILLE,
    voient=frozenset({A.CPAM, A.PILOTE, A.BRANCHE}),
    genres=DES_CONTRATS,
    mesurer=apres_12_mois,
    regle="Fiche de pilotage, §6 ; rapport de l’IGAS de 2023, recommandation 9",
    seuil="taux",
)

A_24_MOIS: Final = IndicateurSuivi(
    code="sans_formation_24",
    nom="Sans formation après vingt-quatre mois",
    question="Les personnes en poste",
    definition="Les personnes en poste depuis vingt-quatre mois ou plus, ni qualifiées ni en formation, parmi celles en poste dont nous savons où elles en sont.",
    numerateur="En poste depuis vingt-quatre mois, ni qualifiées ni en formation",
    denominateur="Personnes en poste dont la formation est connue",
    date_dite="Le dernier jour du mois",
    unite=UniteDeMesure.POUR_DIX_MILLE,
    voient=frozenset({A.CPAM, A.PILOTE, A.BRANCHE}),
    genres=DES_CONTRATS,
    mesurer=apres_24_mois,
    regle="Fiche de pilotage, §6 ; avenant 7",
    seuil="taux",
    ecart="delais-2-3-ans",
)
