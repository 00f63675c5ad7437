"""What openings keep of people: what becomes of each field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.socle.sort_des_champs import CODE, DOSSIER

if TYPE_CHECKING:
    from binome.socle.sort_des_champs import Champs

CHAMPS: Final[Champs] = {
    "lectures.Lecture": {"cle": DOSSIER, "role": CODE, "genre": CODE, "dossier": CODE},
}  # fmt: skip
