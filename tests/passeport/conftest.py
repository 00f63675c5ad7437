"""The made-up world of these tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.passeport.vie import Certifies, certifier

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings


@pytest.fixture
def certifies(db: None, settings: Settings, tmp_path: Path) -> Certifies:
    """Three people whose parchemin was delivered, a branch that can declare them, shelves of its own."""
    settings.MEDIA_ROOT = tmp_path
    return certifier()
