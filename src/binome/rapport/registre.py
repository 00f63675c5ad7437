"""What the counts of the report's tables keep of people: nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.socle.sort_des_champs import CODE, Declaration, Sort

if TYPE_CHECKING:
    from binome.socle.sort_des_champs import Champs

PUBLIE: Final = Declaration(
    Sort.GARDE, "Un compte déjà public, sans petit nombre : ne dit rien de personne."
)
CHAMPS: Final[Champs] = {
    "rapport.ReleveDeTableau": {"tableau": CODE, "au": PUBLIE, "valeurs": PUBLIE},
}
