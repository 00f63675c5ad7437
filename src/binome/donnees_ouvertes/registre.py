"""What vintages keep of people: nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.socle.sort_des_champs import CODE, EMPREINTE, Declaration, Sort

if TYPE_CHECKING:
    from binome.socle.sort_des_champs import Champs

PUBLIC: Final = Declaration(
    Sort.GARDE, "Déjà publié, et gardé pour toujours : ne dit rien de personne."
)
CHAMPS: Final[Champs] = {
    "donnees_ouvertes.Millesime": {
        "jeu": CODE,
        "jour": PUBLIC,
        "empreinte": EMPREINTE,
        "contenu": PUBLIC,
        "schema": PUBLIC,
    },
}
