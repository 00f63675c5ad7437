"""Graph 3: contracts since the beginning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.rapport.compter import cumules
from binome.rapport.tableau import (
    CompteDuRapport,
    LigneDuRapport,
    SeuilDuRapport,
    SorteDeTableau,
    TableauDuRapport,
    UniteDuRapport,
)

if TYPE_CHECKING:
    from binome.trames.cadres import Trames

ALORS: Final[dict[str, int | None]] = {"2019": 272, "2020": 1_877, "2021": 2_543, "2022": 4_069}
DEPUIS: Final = tuple(str(une) for une in range(2023, 2041))


def compter(trames: Trames) -> CompteDuRapport:
    """Contracts signed by the end of each year; those of years are a difference of two rows, which the table that adds them shows."""
    from binome.trames import agregats  # noqa: PLC0415 - only a count pays for its engine

    signes = agregats.comptes(agregats.par_annee(trames.contrats, "signe_le"), "annee")
    total = sum(signes.values())
    annees = [str(une) for une in range(2019, trames.au.year + 1)]
    return CompteDuRapport(cumules(signes, annees), total, total)


TABLEAU: Final = TableauDuRapport(
    "graphique-3",
    "Graphique 3",
    "Les contrats signés depuis l’origine",
    "graphique 3 et tableau 6",
    ("igas-2023, tableau 6", "igas-2023, ¶74"),
    SorteDeTableau.VIVANT,
    UniteDuRapport.NOMBRE,
    tuple(LigneDuRapport(un, f"Fin {un}", ALORS.get(un)) for un in (*ALORS, *DEPUIS)),
    reserve="Un cumul de signatures, qui ne baisse jamais : les contrats finis y restent. La page de la projection dit la suite, avec son intervalle.",
    alors_le="fin 2022",
    seuil=SeuilDuRapport.CONTRATS,
    suite=True,
    compter=compter,
)
