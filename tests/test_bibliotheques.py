"""What a library leaves behind it, once the tests end. What is taken of one: tests/test_maison.py."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

RACINE: Final = Path(__file__).parent.parent


@pytest.mark.long(20)
def test_une_suite_finie_ne_laisse_rien_derriere_elle() -> None:
    """DuckDB says on standard error what was never torn down; the collection froze it all once."""
    essai = "tests/regles/test_logique.py"
    fini = subprocess.run(
        [sys.executable, "-m", "pytest", "-n0", "-q", "-k", "duckdb", essai],
        cwd=RACINE, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (fini.returncode, fini.stderr) == (0, "")
