"""What widens an answer, read in its own draws."""

from __future__ import annotations

import numpy as np
import pytest

from binome.projection.sensibilite import part_expliquee, sensibilite, titre_d_une_inconnue
from binome.projection.tirages import hasard
from tests.projection.questions import reponse


def test_une_inconnue_qui_fait_tout_explique_tout_et_une_autre_rien() -> None:
    une, autre = hasard("une").uniform(size=2000), hasard("autre").uniform(size=2000)
    assert part_expliquee(une, 3 * une) == pytest.approx(1, abs=0.02)
    assert part_expliquee(autre, 3 * une) < 0.02
    assert part_expliquee(une, une + autre) == pytest.approx(0.5, abs=0.05)
    assert part_expliquee(np.ones(2000), une) == 0


def test_les_chocs_font_les_contrats_et_la_part_qui_entre_les_entrees() -> None:
    fin_2025 = reponse(au="2025-11-30")
    assert set(list(sensibilite(fin_2025, "contrats"))[:2]) == {"depart", "chocs"}
    entrees = sensibilite(fin_2025, "entrees")
    assert next(iter(entrees)) == "part_qui_entre"
    assert 0.5 < sum(entrees.values()) < 1.05
    assert all(titre_d_une_inconnue(nom) for nom in entrees)


def test_ce_qui_est_pose_n_explique_plus_rien() -> None:
    posee = reponse(au="2025-11-30", hypotheses={"part_qui_entre": 0.8})
    assert sensibilite(posee, "entrees")["part_qui_entre"] == 0
