"""What the API keeps of people: what becomes of each field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.socle.sort_des_champs import CODE, EMPREINTE, Declaration, Sort

if TYPE_CHECKING:
    from binome.socle.sort_des_champs import Champs

CHAMPS: Final[Champs] = {
    "binome_api.Lot": {
        "cle": EMPREINTE, "etat": CODE, "fichier": CODE, "sorte": CODE, "question": CODE,
        "certification": CODE, "reformes": CODE, "base": EMPREINTE, "porteur": EMPREINTE,
        "origine": EMPREINTE,
        "raison": Declaration(Sort.SEUL, "Passé son heure, le lot est effacé."), "avis": CODE,
    },
}  # fmt: skip
