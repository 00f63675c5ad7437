"""What a base that is wrong is told."""

from __future__ import annotations

from typing import Any

import pytest

from binome.regles.courante import construire
from binome.regles.lecture import BaseInvalide
from tests.regles.essais import brut


def refus(contenu: Any) -> str:
    with pytest.raises(BaseInvalide) as echec:
        construire(contenu)
    return str(echec.value)


def refus_avec(*tables: Any) -> str:
    contenu = brut()
    contenu["tables"] += list(tables)
    return refus(contenu)
