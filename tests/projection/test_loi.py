"""The hours, rates and clocks are those of the rule base, and a reform of the base moves them."""

from __future__ import annotations

from datetime import date

from binome.projection.loi import delai_d_entree, delai_passe, loi
from binome.regles.courante import base_courante

JUIN_2023 = date(2023, 6, 30)
FIN_2025 = date(2025, 11, 30)


def test_les_regles_de_juin_2023() -> None:
    du_jour, muets = loi(JUIN_2023)
    assert (du_jour.minutes_cqp, du_jour.minutes_fae) == (384 * 60, 112 * 60)
    assert (du_jour.minutes_secretaire, du_jour.minutes_secretaire_ancienne) == (333 * 60, 17010)
    assert (du_jour.pedagogie_cents, du_jour.salaire_cents) == (2000, 1200)
    assert (du_jour.duree_cqp_mois, du_jour.delai_entree_mois) == ((10, 12), 24)
    assert muets == ()


def test_les_regles_de_la_fin_de_2025() -> None:
    du_jour, muets = loi(FIN_2025)
    assert (du_jour.minutes_cqp, du_jour.minutes_secretaire) == (279 * 60, 216 * 60)
    assert (du_jour.minutes_fae, du_jour.duree_cqp_mois) == (75 * 60, (7, 7))
    # The certificate within 24 months, seven of training, three for the jury.
    assert du_jour.delai_entree_mois == 14
    # The base knows no rate after 2023: the parameters stand for it, and it is told.
    assert muets == ("pedagogie_cents", "salaire_cents")
    assert (du_jour.pedagogie_cents, du_jour.salaire_cents) == (2000, 0)


def test_entre_deux_referentiels_le_dernier_est_garde_et_c_est_dit() -> None:
    du_jour, muets = loi(date(2025, 5, 15))
    assert (du_jour.minutes_cqp, du_jour.minutes_fae) == (279 * 60, 98 * 60)
    assert {"minutes_cqp", "minutes_fae", "duree_cqp_mois"} <= set(muets)


def test_avant_2021_le_premier_referentiel_et_au_dela_de_2030_le_dernier() -> None:
    assert loi(date(2019, 1, 1))[0].minutes_cqp == 384 * 60
    assert loi(date(2035, 1, 1))[0].minutes_cqp == 279 * 60


def test_une_reforme_des_regles_change_la_projection_de_ce_qu_elle_change() -> None:
    sans, avec = loi(FIN_2025)[0], loi(FIN_2025, ("igas-9",))[0]
    assert (sans.delai_entree_mois, avec.delai_entree_mois) == (14, 12)
    assert avec.minutes_fae == sans.minutes_fae
    assert loi(JUIN_2023, ("igas-11",))[0].minutes_fae == 35 * 60
    assert loi(JUIN_2023, ("igas-11-sans-fae",))[0].minutes_fae == 0
    assert loi(JUIN_2023, ("igas-8",))[0].niveau_3_entre
    assert not loi(JUIN_2023)[0].niveau_3_entre
    # Tried long before its day, it does not bring the law of its day with it.
    assert loi(date(2021, 6, 30), ("igas-11",))[0].minutes_cqp == 384 * 60


def test_le_delai_d_un_contrat_est_celui_de_son_jour() -> None:
    base = base_courante()
    assert [delai_d_entree(base, date(annee, 1, 1)) for annee in (2019, 2022, 2024)] == [
        None,
        24,
        24,
    ]
    assert delai_passe(date(2019, 1, 1)) == 24
    assert delai_passe(date(2024, 7, 1)) == 14
