"""The world of the dossiers, and a few who employ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from binome.comptes.services import creer_organisation
from tests.dossiers.conftest import monde

if TYPE_CHECKING:
    from binome.comptes.models import Organisation

__all__ = ["monde"]


@dataclass(frozen=True)
class Employeurs:
    """Two practices and a group."""

    cabinet: Organisation
    voisin: Organisation
    groupement: Organisation


@pytest.fixture
def employeurs(db: None) -> Employeurs:
    """Nobody works there yet."""
    return Employeurs(
        creer_organisation("cabinet", "Cabinet d’exemple", exemple=True),
        creer_organisation("cabinet", "Cabinet voisin", exemple=True),
        creer_organisation("groupement", "Groupement d’exemple", exemple=True),
    )
