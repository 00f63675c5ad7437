"""The made-up world of these tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.dossiers.monde import Monde, construire

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings


@pytest.fixture
def monde(db: None, settings: Settings, tmp_path: Path) -> Monde:
    """Alice manages the organisation, Bob trains there, Léa is the candidate; shelves of its own."""
    settings.MEDIA_ROOT = tmp_path
    return construire()
