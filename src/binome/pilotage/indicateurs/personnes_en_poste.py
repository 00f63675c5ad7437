"""Distinct people with at least one contract in force."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from binome.pilotage.indicateur import (
    DES_CONTRATS,
    A,
    IndicateurSuivi,
    UniteDeMesure,
    ValeurPubliee,
    compte,
)
from binome.pilotage.postes import en_poste

if TYPE_CHECKING:
    from binome.pilotage.indicateur import Mesuree
    from binome.pilotage.lignes import FaitsComptes


def mesurer(faits: FaitsComptes) -> Mesuree:
    """Measured over one perimeter."""
    return compte(len({un.personne for un in en_poste(faits)}))


INDICATEUR: Final = IndicateurSuivi(
    code="personnes_en_poste",
    nom="Personnes en poste",
    question="Les personnes en poste",
    definition="Les personnes qui travaillent sous au moins un contrat en vigueur, chacune comptée une fois. Sans emploi connu de Binôme, une personne compte à chaque poste.",
    numerateur="Personnes différentes",
    denominateur="",
    date_dite="Le dernier jour du mois",
    unite=UniteDeMesure.NOMBRE,
    voient=frozenset({A.PILOTE, A.BRANCHE, A.CPAM}),
    genres=DES_CONTRATS,
    mesurer=mesurer,
    regle="Fiche de pilotage, §6",
    seuil="personnes",
    publiees=(ValeurPubliee(3_100, date(2022, 12, 31), "rapport de l’IGAS de 2023, ¶74", "B"),),
)
