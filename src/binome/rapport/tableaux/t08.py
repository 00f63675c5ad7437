"""Table 8: three trainings compared."""

from __future__ import annotations

from typing import Final

from binome.rapport.tableau import (
    LigneDuRapport,
    SorteDeTableau,
    TableauDuRapport,
    UniteDuRapport,
)
from binome.rapport.tableaux.des_regles import blocs_d_aujourd_hui

TABLEAU: Final = TableauDuRapport(
    "tableau-8",
    "Tableau 8",
    "La durée de la formation théorique, comparée à deux autres métiers",
    "tableau 8",
    ("igas-2023, tableau 8",),
    SorteDeTableau.REGLES,
    UniteDuRapport.MINUTES,
    (
        LigneDuRapport("total", "Assistant médical", 384 * 60),
        LigneDuRapport("dentaire", "Assistant dentaire", 343 * 60),
        LigneDuRapport("regulation", "Assistant de régulation médicale", 735 * 60),
    ),
    reserve="Nous ne recalculons que le CQP d’assistant médical.",
    rejouer=lambda: {"total": blocs_d_aujourd_hui()["total"]},
)
