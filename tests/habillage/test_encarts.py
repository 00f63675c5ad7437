"""Good news has its own colours, read by all in both themes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import binome.habillage

FEUILLES = Path(binome.habillage.__file__).parent / "static/binome"
AA = 4.5


def _clarte(couleur: str) -> float:
    voies = [int(couleur[rang : rang + 2], 16) / 255 for rang in (1, 3, 5)]
    rouge, vert, bleu = (un / 12.92 if un <= 0.04045 else ((un + 0.055) / 1.055) ** 2.4 for un in voies)  # fmt: skip
    return 0.2126 * rouge + 0.7152 * vert + 0.0722 * bleu


def _contraste(une: str, autre: str) -> float:
    sombre, claire = sorted((_clarte(une), _clarte(autre)))
    return (claire + 0.05) / (sombre + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["clair", "sombre"])
def test_une_bonne_nouvelle_se_lit_et_n_a_pas_la_couleur_d_une_alerte(theme: int) -> None:
    regle = re.search(r"\.encart\.acquis \{([^}]+)\}", (FEUILLES / "composants.css").read_text())
    assert regle is not None
    assert "corail" not in regle[1]
    fond = re.search(r"background: var\(--([\w-]+)\)", regle[1])
    assert fond is not None
    themes = (FEUILLES / "jetons.css").read_text().split("prefers-color-scheme: dark")
    jetons = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", themes[theme]))
    for texte in ("encre", "action"):
        assert _contraste(jetons[texte], jetons[fond[1]]) >= AA
