"""The made-up world of these tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.dossiers.monde import Monde, construire
from tests.jurys.vie import VieDeJury, preparer_le_jury

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings


@pytest.fixture
def monde(db: None, settings: Settings, tmp_path: Path) -> Monde:
    """Alice, Bob, Charlie, Emma, Ana and Léa; shelves of its own."""
    settings.MEDIA_ROOT = tmp_path
    return construire()


@pytest.fixture
def vie(monde: Monde) -> VieDeJury:
    """A jury prepared for today, with Léa presented."""
    return preparer_le_jury(monde)
