"""Every setting of the house is told to who runs it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

RACINE: Final = Path(__file__).parents[2]
DES_ESSAIS: Final = frozenset({"BINOME_POSTGRESQL"})
"""Read by the tools of development alone."""


def test_chaque_reglage_est_dans_la_documentation() -> None:
    nommes = {
        nom
        for fichier in [RACINE / "binome", *(RACINE / "src").rglob("*.py")]
        for nom in re.findall(r"BINOME_[A-Z_]*[A-Z]", fichier.read_text(encoding="utf-8"))
    }
    decrits = set(
        re.findall(r"BINOME_[A-Z_]*[A-Z]", (RACINE / "docs/exploitation.md").read_text("utf-8"))
    )
    assert nommes >= {"BINOME_SECRET", "BINOME_COURRIER"}
    assert nommes - decrits - DES_ESSAIS == set()
