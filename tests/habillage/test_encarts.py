"""Every ink is read by all on every ground, in both themes; good news has its own colours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import binome.habillage

FEUILLES = Path(binome.habillage.__file__).parent / "static/binome"
AA = 4.5
AAA = 7.0
ENCRES = (
    "encre",
    "encre-douce",
    "action",
    "action-vive",
    "corail-encre",
    "dispense-trait",
    "acquis-trait",
    "epreuve-trait",
)
FONDS = ("papier", "feuille", "creux", "corail-pale")


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


@pytest.mark.parametrize("theme", [0, 1], ids=["clair", "sombre"])
def test_chaque_encre_se_lit_sur_chaque_fond(theme: int) -> None:
    """Seven to one, what WCAG asks at its highest level of a text of any size."""
    themes = (FEUILLES / "jetons.css").read_text().split("prefers-color-scheme: dark")
    jetons = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", themes[theme]))
    paires = [(encre, fond) for encre in ENCRES for fond in FONDS]
    paires += [("sur-action", "action"), ("sur-action", "action-vive"), ("sur-action", "a-suivre")]
    faibles = [une for une in paires if _contraste(jetons[une[0]], jetons[une[1]]) < AAA]
    assert not faibles


def test_rien_ne_s_ecrit_avec_une_couleur_qui_dessine() -> None:
    """The coral of borders is too light for words: they have an ink of their own."""
    for feuille in FEUILLES.glob("*.css"):
        assert not re.search(r"[^-]color: var\(--corail\)", feuille.read_text()), feuille.name
