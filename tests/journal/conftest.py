"""A journal that its owner could touch."""

from __future__ import annotations

import pytest
from django.db import connection


@pytest.fixture
def sans_garde() -> None:
    """Takes away the triggers, as who owns the database could."""
    sur = "" if connection.vendor == "sqlite" else " ON journal_entree"
    with connection.cursor() as curseur:
        for geste in ("modifier", "effacer"):
            curseur.execute(f"DROP TRIGGER IF EXISTS journal_entree_{geste}{sur}")
