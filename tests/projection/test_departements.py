"""What a share-out by département misses, at the dates that came."""

from __future__ import annotations

import numpy as np
import pytest

from binome.projection.departements import (
    DEPART,
    comptes_des_departements,
    erreurs_de_repartition,
    repartir_par_cible,
    repartir_par_parts,
)
from binome.projection.parametres import observations


def test_les_departements_font_la_france_aux_cinq_dates() -> None:
    codes, comptes = comptes_des_departements()
    assert len(set(codes)) == 101
    france = {un.jour.isoformat(): un.valeur for un in observations().contrats["A"]}
    dates = [nom for nom in comptes if nom in france]
    assert len(dates) == 5
    assert [comptes[nom].sum() for nom in dates] == [france[nom] for nom in dates]
    assert comptes["cible"].sum() == 9818


def test_partager_la_croissance_par_ce_qui_manque_se_trompe_deux_fois_moins() -> None:
    fin_2024, fin_2025 = erreurs_de_repartition()
    assert (fin_2024.par_parts, fin_2024.par_cible) == pytest.approx((0.198, 0.115), abs=0.0005)
    assert (fin_2025.par_parts, fin_2025.par_cible) == pytest.approx((0.221, 0.123), abs=0.0005)
    assert (fin_2025.mediane, fin_2025.p90) == pytest.approx((0.108, 0.275), abs=0.0005)


def test_un_partage_rend_tout_ce_qu_on_lui_donne_et_rien_de_moins_qu_en_2022() -> None:
    depart = comptes_des_departements()[1][DEPART]
    assert repartir_par_parts(7660).sum() == pytest.approx(7660)
    assert repartir_par_cible(7660).sum() == pytest.approx(7660)
    assert (repartir_par_cible(7660) >= depart).all()
    np.testing.assert_allclose(repartir_par_cible(depart.sum()), depart)
