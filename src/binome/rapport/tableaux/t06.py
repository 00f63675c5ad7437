"""Table 6: contracts and trainees, year by year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.rapport.tableau import (
    CompteDuRapport,
    LigneDuRapport,
    SorteDeTableau,
    TableauDuRapport,
    UniteDuRapport,
)

if TYPE_CHECKING:
    from binome.trames.cadres import Trames

SUITE: Final = tuple(str(une) for une in range(2024, 2041))
"""The years that the report had not seen."""
SIGNES: Final[dict[str, int | None]] = {
    "2019": 272,
    "2020": 1_605,
    "2021": 666,
    "2022": 1_526,
    "2023": None,
} | dict.fromkeys(SUITE)
ENTRES: Final[dict[str, int | None]] = {
    "2019": 0,
    "2020": 0,
    "2021": 236,
    "2022": 721,
    "2023": 278,
} | dict.fromkeys(SUITE)


def compter(trames: Trames) -> CompteDuRapport:
    """Contracts by year of signature, and paths by the year of their first day attended, up to the year of the frames."""
    from binome.trames import agregats  # noqa: PLC0415 - only a count pays for its engine

    annees = [str(une) for une in range(2019, trames.au.year + 1)]
    signes = agregats.comptes(agregats.par_annee(trames.contrats, "signe_le"), "annee")
    entres = agregats.comptes(
        agregats.par_annee(agregats.entrees(trames.parcours, trames.presences), "entree"), "annee"
    )
    valeurs = {f"signes-{une}": signes.get(une, 0) for une in annees}
    valeurs |= {f"entres-{une}": entres.get(une, 0) for une in annees}
    total = sum(signes.values()) + sum(entres.values())
    return CompteDuRapport(valeurs, total, total)


TABLEAU: Final = TableauDuRapport(
    "tableau-6",
    "Tableau 6",
    "Les contrats signés et les entrées en formation, par année",
    "tableau 6 et ¶150",
    ("igas-2023, tableau 6", "igas-2023, ¶150"),
    SorteDeTableau.VIVANT,
    UniteDuRapport.NOMBRE,
    (
        *(LigneDuRapport(f"signes-{un}", f"Contrats signés en {un}", dit) for un, dit in SIGNES.items()),
        *(LigneDuRapport(f"entres-{un}", f"Entrées en formation en {un}", dit) for un, dit in ENTRES.items()),
    ),
    reserve="Deux familles de comptes de contrats ne s’accordent pas : celle-ci est celle de l’IGAS. Une entrée est ici un premier jour suivi, non un dossier accepté.",
    alors_le="juin 2023, les entrées de 2023 étant celles du premier semestre",
    suite=True,
    compter=compter,
)  # fmt: skip
