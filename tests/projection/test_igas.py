"""The report's own arithmetic, frozen; where it says « tripler »; what it forgets."""

from __future__ import annotations

import pytest

from binome.projection.igas import MOIS_AVEC_LA_RECOMMANDATION_9, besoin, personnes_visees


def test_le_calcul_du_rapport() -> None:
    assert personnes_visees() == 7500
    sous_les_regles = besoin()
    assert sous_les_regles.entrees == 6000
    assert sous_les_regles.euros == 75_600_000
    assert sous_les_regles.euros_par_an == pytest.approx(21_600_000)
    assert besoin(MOIS_AVEC_LA_RECOMMANDATION_9).euros_par_an == pytest.approx(30_240_000)


def test_tripler_est_le_cas_de_deux_ans_et_demi() -> None:
    """§187 says it of three years and a half."""
    assert besoin().fois_le_passe == pytest.approx(2.29, abs=0.01)
    assert besoin(MOIS_AVEC_LA_RECOMMANDATION_9).fois_le_passe == pytest.approx(3.2)


@pytest.mark.parametrize(
    ("rotation", "entrees", "millions"),
    [(0.05, 6775, 85.4), (0.10, 7550, 95.1), (0.15, 8325, 104.9)],
)
def test_il_oublie_qui_part(rotation: float, entrees: int, millions: float) -> None:
    avec = besoin(rotation_annuelle=rotation)
    assert avec.entrees == pytest.approx(entrees, abs=1)
    assert avec.euros / 1e6 == pytest.approx(millions, abs=0.1)
