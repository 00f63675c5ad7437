"""Table 1: assistants abroad."""

from __future__ import annotations

from typing import Final

from binome.rapport.tableau import (
    LigneDuRapport,
    SorteDeTableau,
    TableauDuRapport,
    UniteDuRapport,
)

TABLEAU: Final = TableauDuRapport(
    "tableau-1",
    "Tableau 1",
    "Les assistants médicaux à l’étranger",
    "tableau 1",
    ("igas-2023, tableau 1",),
    SorteDeTableau.STATIQUE,
    UniteDuRapport.NOMBRE,
    (
        LigneDuRapport("france", "France", 3_100),
        LigneDuRapport("allemagne", "Allemagne", 400_000),
        LigneDuRapport("pays-bas", "Pays-Bas", 35_000),
        LigneDuRapport("etats-unis", "États-Unis", 750_000),
    ),
    reserve="Ces comptes viennent d’autres pays : nous ne les recalculons pas.",
    alors_le="selon le pays, au dernier chiffre connu en 2023",
)
