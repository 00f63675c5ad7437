"""Table 9: the hours that are left, by exemptions."""

from __future__ import annotations

from typing import Final

from binome.rapport.tableau import (
    LigneDuRapport,
    SorteDeTableau,
    TableauDuRapport,
    UniteDuRapport,
)
from binome.rapport.tableaux.des_regles import profils_rejoues
from binome.regles.profils import series

TABLEAU: Final = TableauDuRapport(
    "tableau-9",
    "Tableau 9",
    "Les heures qui restent, selon les dispenses",
    "tableau 9",
    ("igas-2023, tableau 9", "igas-2023, ¶166"),
    SorteDeTableau.REGLES,
    UniteDuRapport.MINUTES,
    tuple(
        LigneDuRapport(f"profil-{rang}", un.nom, un.publie)
        for rang, un in enumerate(series()[0].profils)
    ),
    reserve="Les mêmes profils, décidés de nouveau par nos règles à la date du rapport. Les mêmes durées prouvent que la règle est la bonne.",
    rejouer=profils_rejoues,
)
