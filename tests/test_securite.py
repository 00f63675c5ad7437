"""docs/securite.md claims nothing that no test holds."""

from __future__ import annotations

import re
from pathlib import Path

RACINE = Path(__file__).parent.parent
DIT = (RACINE / "docs" / "securite.md").read_text(encoding="utf-8")


def test_chaque_menace_nomme_un_essai_qui_existe() -> None:
    table = DIT.split("| threat |")[1].split("\n\n")[0]
    lignes = table.splitlines()[2:]
    assert len(lignes) > 10
    for ligne in lignes:
        cites = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", ligne)
        assert cites, ligne
        for fichier, nom in cites:
            assert f"def {nom}(" in (RACINE / fichier).read_text(encoding="utf-8"), nom
