"""What every test may lean on: the embedded base, and answers out of plain objects."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

from binome.regles.courante import base_courante
from binome.regles.positionnement import positionner

if TYPE_CHECKING:
    from collections.abc import Callable

    from binome.regles.base import Base


# The same examples at each run, and no timing: speed is measured elsewhere, in `bench`.
settings.register_profile(
    "binome", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("binome")


def pytest_sessionstart() -> None:
    """Forgets what was computed before: under mutation, a process is forked after a first run."""
    for nom, module in list(sys.modules.items()):
        if nom.startswith("binome."):
            for objet in vars(module).values():
                if hasattr(objet, "cache_clear"):
                    objet.cache_clear()


@pytest.fixture(scope="session")
def base() -> Base:
    """The embedded base."""
    return base_courante()


@pytest.fixture(scope="session")
def repondre(base: Base) -> Callable[..., dict[str, Any]]:
    """The JSON answer to a dossier given as keyword arguments."""

    def repondre(**faits: Any) -> dict[str, Any]:
        return positionner(base, base.lire(faits)).en_json()

    return repondre
