"""Table 10: what else organisations teach."""

from __future__ import annotations

from typing import Final

from binome.rapport.tableau import (
    LigneDuRapport,
    SorteDeTableau,
    TableauDuRapport,
    UniteDuRapport,
)

TABLEAU: Final = TableauDuRapport(
    "tableau-10",
    "Tableau 10",
    "Les organismes qui forment aussi à un métier voisin",
    "tableau 10",
    ("igas-2023, tableau 10",),
    SorteDeTableau.STATIQUE,
    UniteDuRapport.NOMBRE,
    (
        LigneDuRapport("tous", "Organismes", 12),
        LigneDuRapport("secretaire", "Forment des secrétaires médicaux", 7),
        LigneDuRapport("dentaire", "Forment des assistants dentaires", 2),
        LigneDuRapport("veterinaire", "Forment des assistants vétérinaires", 3),
    ),
    reserve="Nous comptons les coches du tableau. Binôme ne connaît des organismes que leurs formations d’assistant médical.",
)
