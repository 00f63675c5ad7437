"""The posterior that is shipped is what the committed script draws."""

from __future__ import annotations

import numpy as np
import pytest
from outils.calibrer import TIRES, calibrer

from binome.projection.parametres import parametres
from binome.projection.tirages import posterieur


def test_un_calage_court_donne_la_meme_loi() -> None:
    courts, efficaces = calibrer("A", 20_000)
    assert efficaces > 200
    for nom in ("personnes_par_contrat", "part_qui_entre", "places_par_organisme"):
        _, bas, haut = parametres()[nom].loi("A")
        assert np.median(courts[nom]) == pytest.approx(
            np.median(posterieur("A")[nom]), abs=(haut - bas) * 0.08
        )


@pytest.mark.long(4)
@pytest.mark.parametrize("famille", ["A", "B"])
def test_le_fichier_livre_est_celui_du_script(famille: str) -> None:
    cales, efficaces = calibrer(famille, TIRES)
    assert efficaces > 5000
    for nom, colonne in posterieur(famille).items():
        np.testing.assert_allclose(colonne, cales[nom], rtol=1e-3)
