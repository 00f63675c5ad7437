"""The figures that the made-up dossiers follow: each with its source, or said to be a hypothesis.

`igas-2023` is the report of the Igas on medical assistants; ¶142 is its box « Qui sont les assistants
médicaux en formation », drawn from the branch's own database. Shares are in per mille.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Repartition(NamedTuple):
    """Shares of one trait, in per mille, and where they come from."""

    parts: dict[str, int]
    source: str
    hypothese: str = ""


SEXES: Final = Repartition({"f": 950, "h": 50}, "igas-2023, encadré stagiaires")
AGE_MOYEN: Final = 41.6
"""Years (igas-2023, encadré stagiaires, and ¶76)."""
AGE_ECART: Final = 9.0
"""Hypothesis: no source gives the spread of ages."""
AGES: Final = (19, 63)
"""Hypothesis: the ages drawn stay within."""

PROFILS: Final = Repartition(
    {
        "secretaire": 800,
        "aide_soignant": 55,
        "ide": 44,
        "auxiliaire_puericulture": 7,
        "assistant_dentaire": 3,
        "autre": 91,
    },
    "igas-2023, encadré stagiaires",
    "« autre » is what is left. The FAE, 9,4 % in the same box, is a little less than the sum of the "
    "three care professions, 10,6 %: the professions are followed.",
)
DIPLOMES: Final = Repartition(
    {
        "bac": 496,
        "bac_2": 242,
        "experience_3_ans": 98,
        "niveau_bac": 93,
        "bac_1": 34,
        "sans_diplome": 18,
        "brevet": 11,
        "inferieur_4": 9,
    },
    "igas-2023, ¶147, tableau 5 (CQP only, 1 308 people)",
)
NIVEAUX: Final = {
    "bac": 4, "bac_2": 5, "experience_3_ans": 3, "niveau_bac": 3, "bac_1": 4, "sans_diplome": 0,
    "brevet": 0, "inferieur_4": 3,
}  # fmt: skip
"""The rule base's level of each line of table 5; « niveau bac » is read as a bac that was not passed."""
SANS_DISPENSE: Final = 650
"""Of a thousand who follow the CQP, those without an exemption (igas-2023, encadré stagiaires)."""
CONTRATS: Final = Repartition(
    {"cdi": 900, "contrat_professionnalisation": 64, "cdd": 36},
    "igas-2023, encadré stagiaires",
    "« cdd » is what is left.",
)
SPECIALITES: Final = Repartition(
    {"médecine générale": 800, "ophtalmologie": 46, "cardiologie": 30, "une autre spécialité": 124},
    "igas-2023, encadré stagiaires",
    "« une autre spécialité » is what is left.",
)
DEPARTEMENTS: Final = Repartition(
    {"50": 41, "59": 40, "93": 40, "31": 31, "35": 26},
    "igas-2023, ¶88, note 23 and ¶150, tableau 6: 165, 164, 163, 127 and 105 doctors of the 4 069 contracts",
    "The other departments share what is left, evenly.",
)
ENTREES: Final = Repartition(
    {"2021": 70, "2022": 215, "2023": 165, "2024": 170, "2025": 190, "2026": 190},
    "igas-2023, ¶150: 236 in 2021, 721 in 2022, 278 in the first half of 2023",
    "2021 to 2023 keep their proportions (twice the half year for 2023); later years are a hypothesis.",
)
ORGANISMES: Final = 31
"""Training organisations (branche-40913, fiche); how many each one trains is not published."""
ETATS: Final = Repartition(
    {
        "brouillon": 60, "depose": 110, "a_completer": 60, "complete": 40, "proposition": 110,
        "decide": 260, "recours": 20, "clos": 290, "retire": 50,
    },
    "",
    "No source: every state has enough dossiers to be looked at.",
)  # fmt: skip
AFGSU: Final = Repartition(
    {"0": 600, "1": 150, "2": 250}, "", "No source; who cares for people has level 2."
)
