"""The world of the dossiers, here too."""

from __future__ import annotations

from tests.dossiers.conftest import monde

__all__ = ["monde"]
