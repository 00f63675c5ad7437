"""A bank's file of unknown hands, read in a process apart."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from binome.banque.mouvements import TAILLE, FichierDeBanqueRefuse, releve_de
from binome.cloison.bornes import MO, Bornes
from binome.cloison.lancement import Tombe, lire
from binome.typographie import majuscule

if TYPE_CHECKING:
    from binome.banque.mouvements import ReleveDeBanque

MODULE: Final = "binome.banque.lire_a_part"
BORNES: Final = Bornes(memoire=700 * MO, calcul=20, duree=40, sortie=32 * MO)
TROP: Final = "Ce fichier n’a pas pu être lu jusqu’au bout : rien n’est noté."


def lire_le_releve(octets: bytes) -> ReleveDeBanque:
    """What a file says came in. Raises FichierDeBanqueRefuse, CloisonPleine."""
    if len(octets) > TAILLE:
        raise FichierDeBanqueRefuse(
            f"Ce fichier dépasse {TAILLE // 1_000_000} Mo : rien n’est noté."
        )
    try:
        lu: dict[str, Any] = json.loads(lire(MODULE, entree=octets, bornes=BORNES))
    except (Tombe, ValueError):
        raise FichierDeBanqueRefuse(TROP) from None
    if "refus" in lu:
        raise FichierDeBanqueRefuse(f"{majuscule(lu['refus'])}. Rien n’est noté.")
    return releve_de(lu)
