"""Contracts in force on the last day of the month."""

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

if TYPE_CHECKING:
    from binome.pilotage.indicateur import Mesuree
    from binome.pilotage.lignes import FaitsComptes


def mesurer(faits: FaitsComptes) -> Mesuree:
    """Measured over one perimeter."""
    return compte(sum(un.en_vigueur(faits.au) for un in faits.contrats))


INDICATEUR: Final = IndicateurSuivi(
    code="contrats_en_vigueur",
    nom="Contrats d’aide en vigueur",
    question="Les contrats d’aide",
    definition="Les contrats signés et commencés, moins ceux qui sont finis ou suspendus. Un contrat n’est ni un médecin, ni une personne embauchée.",
    numerateur="Contrats commencés, ni finis ni suspendus",
    denominateur="",
    date_dite="Le dernier jour du mois",
    unite=UniteDeMesure.NOMBRE,
    voient=frozenset({A.CPAM, A.PILOTE, A.BRANCHE}),
    genres=DES_CONTRATS,
    mesurer=mesurer,
    regle="Fiche de pilotage, §6 ; rapport de l’IGAS de 2023, tableau 6",
    seuil="contrats",
    publiees=(
        ValeurPubliee(
            8_971,
            date(2025, 11, 30),
            "Baromètre de l’État, IND-679",
            "A",
            "Le baromètre les nomme « assistants médicaux recrutés » : ce sont des contrats.",
        ),
    ),
    ecart="contrats-fin-2024",
)
