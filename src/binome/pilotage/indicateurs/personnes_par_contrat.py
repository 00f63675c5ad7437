"""People for one contract in force under which somebody is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from binome.pilotage.indicateur import (
    DES_CONTRATS,
    A,
    IndicateurSuivi,
    UniteDeMesure,
    ValeurPubliee,
    rapport,
)
from binome.pilotage.postes import en_poste

if TYPE_CHECKING:
    from binome.pilotage.indicateur import Mesuree
    from binome.pilotage.lignes import FaitsComptes


def mesurer(faits: FaitsComptes) -> Mesuree:
    """Measured over one perimeter."""
    postes = en_poste(faits)
    personnes = len({un.personne for un in postes})
    mesuree = rapport(personnes, len({un.contrat for un in postes}))
    return replace(mesuree, lus=personnes, total=personnes)


INDICATEUR: Final = IndicateurSuivi(
    code="personnes_par_contrat",
    nom="Personnes par contrat",
    question="Les personnes en poste",
    definition="Les personnes en poste, pour un contrat en vigueur dont nous connaissons au moins une personne. Deux médecins qui partagent une personne font baisser ce rapport.",
    numerateur="Personnes en poste",
    denominateur="Contrats en vigueur dont une personne est connue",
    date_dite="Le dernier jour du mois",
    unite=UniteDeMesure.CENTIEMES,
    voient=frozenset({A.PILOTE, A.BRANCHE, A.CPAM}),
    genres=DES_CONTRATS,
    mesurer=mesurer,
    regle="Fiche de pilotage, §6",
    seuil="lus",
    publiees=(
        ValeurPubliee(
            76,
            date(2022, 12, 31),
            "3 100 personnes pour 4 069 contrats, rapport de l’IGAS de 2023, ¶74",
            "DER",
        ),
    ),
    ecart="etp-contrats",
)
