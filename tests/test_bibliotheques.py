"""What is taken of a library is what it offers: its inner modules change without a word."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Final

SRC: Final = Path(__file__).parent.parent / "src"
DU_DEDANS: Final = re.compile(r"(?:^|\.)(?:internals?|_\w+)(?:\.|$)")
ADMIS: Final = {
    "binome/comptes/facteurs.py",
    "binome/comptes/preuve.py",
    "binome/comptes/proconnect.py",
    "binome/comptes/views.py",
    "binome/conservation/views.py",
}
"""allauth offers no other way to sign a person in, ask again, or read a code. A line goes away; none comes."""


def test_aucun_dedans_d_une_bibliotheque() -> None:
    pris = {
        str(fichier.relative_to(SRC))
        for fichier in SRC.rglob("*.py")
        for noeud in ast.walk(ast.parse(fichier.read_text(encoding="utf-8")))
        for module in (
            [noeud.module or ""]
            if isinstance(noeud, ast.ImportFrom)
            else [un.name for un in noeud.names]
            if isinstance(noeud, ast.Import)
            else []
        )
        if DU_DEDANS.search(module) and module not in {"__future__", "_typeshed.wsgi"}
    }
    assert pris == ADMIS
