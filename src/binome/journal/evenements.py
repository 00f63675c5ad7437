"""What the journal says of itself."""

from __future__ import annotations

from typing import Final

from binome.journal.catalogue import Evenement

EVENEMENTS: Final = (
    Evenement("oubli", "La clé d’un sujet est détruite : ce qui était personnel ne se lit plus."),
    Evenement("journal.inventaire", "Des lignes qu’aucune entrée ne disait sont inventoriées."),
)
