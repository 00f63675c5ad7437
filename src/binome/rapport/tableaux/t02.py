"""Table 2: the aid, whose picture our copy of the report does not give."""

from __future__ import annotations

from typing import Final

from binome.rapport.tableau import SorteDeTableau, TableauDuRapport, UniteDuRapport

TABLEAU: Final = TableauDuRapport(
    "tableau-2",
    "Tableau 2",
    "L’aide versée aux médecins employeurs",
    "tableau 2",
    ("igas-2023, ¶50",),
    SorteDeTableau.REGLES,
    UniteDuRapport.TEXTE,
    (),
    reserve="Ce tableau est une image, que notre copie du rapport ne donne pas. Le simulateur calcule l’aide d’un contrat, selon le texte du jour de sa signature.",
)
