"""Graph 4: how much is taught at a distance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

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

PEU: Final = 5
"""Percent of the minutes under which an organisation teaches « little » at a distance: a threshold of ours."""


def compter(trames: Trames) -> CompteDuRapport:
    """Organisations whose trainees attended, by whether they teach at a distance."""
    from binome.trames import agregats  # noqa: PLC0415 - only a count pays for its engine

    lignes = agregats.a_distance(trames.presences).collect().rows(named=True)
    peu = sum(100 * une["loin"] < PEU * une["minutes"] for une in lignes)
    return CompteDuRapport({"peu": peu, "davantage": len(lignes) - peu}, len(lignes), len(lignes))


TABLEAU: Final = TableauDuRapport(
    "graphique-4",
    "Graphique 4",
    "Les organismes et la formation à distance",
    "graphique 4 et ¶182",
    ("igas-2023, ¶182",),
    SorteDeTableau.VIVANT,
    UniteDuRapport.NOMBRE,
    (
        LigneDuRapport("peu", "Peu ou pas à distance", 3),
        LigneDuRapport("davantage", "Davantage", 9),
    ),
    reserve="Le graphique est une image sans nombre dans notre copie : nous prenons le texte, trois organismes sur douze. « Peu » : moins de 5 % des heures suivies, un seuil que nous avons choisi.",
    seuil=SeuilDuRapport.ORGANISMES,
    compter=compter,
)
