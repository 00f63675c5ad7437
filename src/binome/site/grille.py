"""The accessibility grid that the site publishes: what is verified, by what, and what is not."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final

from binome.regles.lecture import BaseInvalide, dans, lire_yaml

FICHIER: Final = Path(__file__).parent / "grille.yaml"
PAR: Final = {"programme": "vérifié par un programme", "lecture": "regardé à l’écran"}


def _verification(brut: dict[str, str]) -> dict[str, str]:
    if brut["par"] not in PAR or ("essai" in brut) != (brut["par"] == "programme"):
        msg = f"« {brut['dit']} » ne dit pas par quoi"
        raise BaseInvalide(msg)
    return {**brut, "comment": PAR[brut["par"]]}


@cache
def grille() -> tuple[dict[str, Any], ...]:
    """Each theme with its verifications. Raises BaseInvalide on one that names no test where it says so."""
    lus = []
    for theme in lire_yaml(FICHIER):
        with dans(f"thème {theme['theme']}"):
            lus.append({**theme, "verifie": [_verification(un) for un in theme["verifie"]]})
    return tuple(lus)
