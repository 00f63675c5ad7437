"""Full-time posts for one person."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from binome.emplois.parts import PLEIN
from binome.pilotage.indicateur import (
    DES_CONTRATS,
    A,
    IndicateurSuivi,
    Mesuree,
    UniteDeMesure,
    ValeurPubliee,
    rapport,
)
from binome.pilotage.postes import en_poste

if TYPE_CHECKING:
    from binome.pilotage.lignes import FaitsComptes


def mesurer(faits: FaitsComptes) -> Mesuree:
    """Measured over one perimeter."""
    postes = en_poste(faits)
    personnes = len({un.personne for un in postes})
    mesuree = rapport(sum(un.part for un in postes), personnes * PLEIN)
    return Mesuree(
        mesuree.valeur, mesuree.numerateur, mesuree.denominateur, pourquoi=mesuree.pourquoi
    )


INDICATEUR: Final = IndicateurSuivi(
    code="etp_par_personne",
    nom="Temps de travail par personne",
    question="Les personnes en poste",
    definition="Le temps que paient les contrats, en temps pleins de 35 heures, pour une personne en poste.",
    numerateur="Temps payé, en dix-millièmes de temps plein",
    denominateur="Personnes en poste, en dix-millièmes",
    date_dite="Le dernier jour du mois",
    unite=UniteDeMesure.CENTIEMES,
    voient=frozenset({A.PILOTE, A.BRANCHE}),
    genres=DES_CONTRATS,
    mesurer=mesurer,
    regle="Fiche de pilotage, §6",
    seuil="lus",
    publiees=(
        ValeurPubliee(
            82,
            date(2022, 12, 31),
            "2 537 temps pleins pour 3 100 personnes, rapport de l’IGAS de 2023, ¶74",
            "DER",
        ),
    ),
)
