"""Table 7: the hours of the CQP."""

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
    "tableau-7",
    "Tableau 7",
    "Les heures du CQP, bloc par bloc",
    "tableau 7",
    ("igas-2023, tableau 7",),
    SorteDeTableau.REGLES,
    UniteDuRapport.MINUTES,
    (
        LigneDuRapport("bloc-1", "Bloc 1, parcours du patient", 105 * 60),
        LigneDuRapport("bloc-2", "Bloc 2, accueil et administration", 112 * 60),
        LigneDuRapport("bloc-3", "Bloc 3, hygiène et qualité", 77 * 60),
        LigneDuRapport("bloc-4", "Bloc 4, assistance au praticien", 77 * 60),
        LigneDuRapport("evaluations", "Évaluations", 13 * 60),
        LigneDuRapport("total", "En tout", 384 * 60),
    ),
    reserve="Le rapport donne les modules ; nous en montrons la somme par bloc. Aujourd’hui : la dernière version du référentiel.",
    rejouer=blocs_d_aujourd_hui,
)
