"""Table 3: registrations compared."""

from __future__ import annotations

from typing import Final

from binome.rapport.tableau import (
    LigneDuRapport,
    SorteDeTableau,
    TableauDuRapport,
    UniteDuRapport,
)

TABLEAU: Final = TableauDuRapport(
    "tableau-3",
    "Tableau 3",
    "La qualification d’assistant médical, de secrétaire et d’assistant dentaire",
    "tableau 3",
    ("igas-2023, tableau 3",),
    SorteDeTableau.STATIQUE,
    UniteDuRapport.TEXTE,
    (
        LigneDuRapport("assistant", "Assistant médical", "un certificat de branche (CQP)"),
        LigneDuRapport(
            "secretaire", "Secrétaire médical", "trois certificats de branche et neuf titres"
        ),
        LigneDuRapport("dentaire", "Assistant dentaire", "un titre professionnel"),
    ),
    reserve="Nous en montrons la première ligne. Les règles d’aujourd’hui sont dans les référentiels.",
)
