"""The made-up world of these tests, and a shelf of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.dossiers.monde import Monde, construire

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings


@pytest.fixture
def monde(db: None) -> Monde:
    """Alice, Bob, Charlie, Emma, Ana and Léa."""
    return construire()


@pytest.fixture
def rayon(tmp_path: Path, settings: Settings) -> Path:
    """A shelf of this test's own."""
    settings.MEDIA_ROOT = tmp_path / "fichiers"
    return tmp_path / "fichiers"
