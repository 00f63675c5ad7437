"""The report's own arithmetic (IGAS 2023-015R, note 51, ¶187, ¶216), kept as it is, and what it forgets.

It counts who is missing once, and nobody who leaves: whoever replaces an assistant has to be trained too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

CONTRATS_VISES: Final = 10_000
PERSONNES_POUR_CENT_CONTRATS: Final = 75
DEJA_FORMEES: Final = 1_500
EN_ANNEES_PASSEES: Final = 2
COUT_EUROS: Final = 12_600
MOIS_AU_PLUS: Final = 42
"""Until the end of 2026, under the rules of June 2023."""
MOIS_AVEC_LA_RECOMMANDATION_9: Final = 30


@dataclass(frozen=True, slots=True)
class Besoin:
    """People to train, the money that it takes, and the pace, over so many months."""

    mois: int
    entrees: float

    @property
    def euros(self) -> float:
        """The whole cost, at the mean price of 2023 (¶216)."""
        return self.entrees * COUT_EUROS

    @property
    def par_an(self) -> float:
        """Entries a year."""
        return self.entrees * 12 / self.mois

    @property
    def euros_par_an(self) -> float:
        """Euros a year."""
        return self.euros * 12 / self.mois

    @property
    def fois_le_passe(self) -> float:
        """How many times the pace of the two years before: 1 500 people in two years (¶187)."""
        return self.par_an / (DEJA_FORMEES / EN_ANNEES_PASSEES)


def personnes_visees() -> int:
    """People behind ten thousand contracts (note 51)."""
    return CONTRATS_VISES * PERSONNES_POUR_CENT_CONTRATS // 100


def besoin(mois: int = MOIS_AU_PLUS, rotation_annuelle: float = 0.0) -> Besoin:
    """Who has to enter for the aim to be met, people in post going straight from those trained to those aimed at.

    `rotation_annuelle`: the share of the trained in post who leave in a year, and are replaced; the report has none.
    """
    vises = personnes_visees()
    pas = (vises - DEJA_FORMEES) / mois
    remplaces = sum(
        (DEJA_FORMEES + pas * numero) * rotation_annuelle / 12 for numero in range(mois)
    )
    return Besoin(mois, vises - DEJA_FORMEES + remplaces)
