"""Shelves of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings


@pytest.fixture(autouse=True)
def rayons(settings: Settings, tmp_path: Path) -> None:
    """Each test has shelves of its own."""
    settings.MEDIA_ROOT = tmp_path / "fichiers"
