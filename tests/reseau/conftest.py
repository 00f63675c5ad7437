"""The made-up world of these tests."""

from __future__ import annotations

import pytest

from tests.dossiers.monde import Monde, construire


@pytest.fixture
def monde(db: None) -> Monde:
    """Alice, Bob, Charlie, Emma, Ana and Léa."""
    return construire()
