"""Map 1: the share of self-employed doctors who signed, by département."""

from __future__ import annotations

from typing import Final

from binome.formations.territoires import departements
from binome.rapport.tableau import (
    LigneDuRapport,
    SeuilDuRapport,
    SorteDeTableau,
    TableauDuRapport,
    UniteDuRapport,
)

PARTS: Final = {
    "09": 298, "13": 11, "14": 17, "15": 5, "19": 106, "23": 142, "36": 154, "50": 302, "52": 17, "58": 151, "64": 16,
    "69": 18, "75": 11, "76": 17, "80": 10, "90": 13, "92": 13, "94": 16, "973": 170, "976": 297,
}  # fmt: skip
"""Tenths of a percent: the twenty départements that the text of the report gives (¶88, note 24); its map is a picture."""

TABLEAU: Final = TableauDuRapport(
    "carte-1",
    "Carte 1",
    "La part des médecins libéraux qui ont signé, par département",
    "carte 1, ¶88 et note 24",
    (),
    SorteDeTableau.STATIQUE,
    UniteDuRapport.POUR_CENT,
    tuple(LigneDuRapport(code, departements()[code].nom, part) for code, part in PARTS.items()),
    reserve="Le texte du rapport ne donne que vingt départements. Deux ne vont pas avec le compte de l’État : la Manche et le Territoire de Belfort. Le nombre de médecins libéraux d’aujourd’hui n’est pas connu ici : nous ne recalculons pas.",
    alors_le="fin 2022",
    seuil=SeuilDuRapport.CONTRATS,
    carte=True,
)
