"""What the room keeps of people: the words about a dossier go with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.socle.sort_des_champs import CODE, DE_LA_BRANCHE, DOSSIER

if TYPE_CHECKING:
    from binome.socle.sort_des_champs import Champs

CHAMPS: Final[Champs] = {
    "messagerie.Mot": {"cote": CODE, "texte": DOSSIER},
    "messagerie.Modele": {"titre": DE_LA_BRANCHE, "texte": DE_LA_BRANCHE},
}
