"""The world of the dossiers, in front of each role."""

from __future__ import annotations

import pytest

from binome.courrier.battements import Pouls
from tests.dossiers.conftest import monde

__all__ = ["monde"]


@pytest.fixture(autouse=True)
def travaux_en_marche() -> None:
    """The jobs have just passed, as where the site is ready."""
    Pouls(()).battre()
