"""A notebook of its own for each test, and a memory that begins with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from binome.lectures.services import NOTEES
from tests.dossiers.conftest import monde

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

__all__ = ["monde"]


@pytest.fixture(autouse=True)
def place(tmp_path: Path, settings: Settings) -> Path:
    """Where the notebook is."""
    place = tmp_path / "lectures"
    settings.LECTURES = place
    NOTEES.oublier()
    return place
