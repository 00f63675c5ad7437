"""What readings keep of people: nothing, they are counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.socle.sort_des_champs import CODE, Declaration, Sort

if TYPE_CHECKING:
    from binome.socle.sort_des_champs import Champs

COMPTE: Final = Declaration(
    Sort.GARDE, "Un compte d’un jour, gardé tel quel pour être retrouvé : ne dit rien de personne."
)
CHAMPS: Final[Champs] = {
    "pilotage.ReleveDuMois": {"au": COMPTE, "base": CODE},
    "pilotage.MesureRelevee": {
        "indicateur": CODE,
        "genre": CODE,
        "perimetre": CODE,
        "pourquoi": CODE,
    },
}
