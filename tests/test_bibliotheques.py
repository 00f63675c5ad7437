"""What is taken of a library is what it offers: its inner modules change without a word."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

SRC: Final = Path(__file__).parent.parent / "src"
DU_DEDANS: Final = re.compile(r"(?:^|\.)(?:internals?|_\w+)(?:\.|$)")
ADMIS: Final = {"binome/comptes/coulisses.py"}
"""What allauth has no public name for, in one file. A line goes away; none comes."""


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


@pytest.mark.long(20)
def test_une_suite_finie_ne_laisse_rien_derriere_elle() -> None:
    """DuckDB says on standard error what was never torn down; the collection froze it all once."""
    essai = "tests/regles/test_logique.py"
    fini = subprocess.run(
        [sys.executable, "-m", "pytest", "-n0", "-q", "-k", "duckdb", essai],
        cwd=SRC.parent, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (fini.returncode, fini.stderr) == (0, "")
