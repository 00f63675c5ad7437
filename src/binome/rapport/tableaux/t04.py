"""Table 4: who may enter, by level."""

from __future__ import annotations

from typing import Final

from binome.rapport.tableau import (
    LigneDuRapport,
    SorteDeTableau,
    TableauDuRapport,
    UniteDuRapport,
)

TABLEAU: Final = TableauDuRapport(
    "tableau-4",
    "Tableau 4",
    "Le niveau de diplôme des professions qui peuvent entrer en formation",
    "tableau 4",
    ("igas-2023, tableau 4",),
    SorteDeTableau.STATIQUE,
    UniteDuRapport.TEXTE,
    (
        LigneDuRapport("ide", "Infirmier ou infirmière", "niveau 6, FAE"),
        LigneDuRapport("aide-soignant", "Aide-soignant ou aide-soignante", "niveau 4, FAE"),
        LigneDuRapport("auxiliaire", "Auxiliaire de puériculture", "niveau 4, FAE"),
        LigneDuRapport("secretaire", "Secrétaire avec un titre", "niveau 4, CQP"),
        LigneDuRapport("dentaire", "Assistant ou assistante dentaire", "niveau 4, CQP"),
        LigneDuRapport("demandeur", "Personne en recherche d’emploi", "niveau 4, CQP"),
        LigneDuRapport(
            "experience", "Secrétaire sans titre, trois ans d’expérience", "niveau 3, CQP"
        ),
    ),
    reserve="FAE : formation d’adaptation à l’emploi. CQP : certificat de qualification professionnelle. Le simulateur dit ce qui vaut aujourd’hui.",
)
