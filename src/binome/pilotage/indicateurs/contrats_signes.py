"""Contracts signed since the beginning: never decreases."""

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
    return compte(len(faits.contrats))


INDICATEUR: Final = IndicateurSuivi(
    code="contrats_signes",
    nom="Contrats signés depuis le début",
    question="Les contrats d’aide",
    definition="Tous les contrats signés, même ceux qui sont finis. Ce nombre ne baisse jamais.",
    numerateur="Contrats signés",
    denominateur="",
    date_dite="Le jour de la signature",
    unite=UniteDeMesure.NOMBRE,
    voient=frozenset({A.CPAM, A.PILOTE, A.BRANCHE}),
    genres=DES_CONTRATS,
    mesurer=mesurer,
    regle="Fiche de pilotage, §6 ; rapport de l’IGAS de 2023, ¶74",
    seuil="contrats",
    publiees=(
        ValeurPubliee(
            8_111,
            date(2024, 12, 31),
            "Unions régionales de médecins (URPS)",
            "B",
            "Une autre famille de comptes que le baromètre : les deux ne se suivent pas.",
        ),
    ),
    ecart="contrats-fin-2024",
)
