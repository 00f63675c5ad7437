"""The same question gives the same numbers, and what comes after a day is never read."""

from __future__ import annotations

import json

import numpy as np
import pytest

from binome.projection.lecture import COURBES, projeter
from binome.projection.signatures import passe, points
from tests.projection.questions import question, reponse


def test_la_reponse_a_la_forme_du_contrat() -> None:
    rendue = reponse().en_json()
    assert list(rendue) == ["mois", *COURBES, "contrainte", "sources"]
    assert (rendue["mois"][0], rendue["mois"][-1], len(rendue["mois"])) == (
        "2023-07",
        "2026-12",
        42,
    )
    assert len(rendue["contrainte"]) == 42
    for courbe in COURBES:
        assert list(rendue[courbe]) == ["p10", "p50", "p90"]
        bas, milieu, haut = (np.array(rendue[courbe][nom]) for nom in rendue[courbe])
        assert len(milieu) == 42
        assert (bas <= milieu).all()
        assert (milieu <= haut).all()


def test_la_meme_question_donne_les_memes_nombres() -> None:
    dite = question(reformes=["igas-12"])
    avant = json.dumps(projeter(dite).en_json())
    projeter.cache_clear()
    assert json.dumps(projeter(dite).en_json()) == avant


def test_un_horizon_plus_long_ne_change_pas_les_premiers_mois() -> None:
    court, long = reponse(), reponse(jusqu_a="2030-12")
    for courbe in COURBES:
        assert long.quantiles(courbe)["p90"][:42] == court.quantiles(courbe)["p90"]


def test_un_mois_entame_est_a_venir() -> None:
    assert reponse(au="2023-06-29").mois[0] == "2023-06"
    assert reponse(au="2023-06-30").mois[0] == "2023-07"


def test_rien_de_ce_qui_vient_apres_n_est_lu() -> None:
    """On the day before the count of December 2023 the pace is still that of November."""
    veille, jour = (
        passe("A", question(au="2023-12-30").au),
        passe("A", question(au="2023-12-31").au),
    )
    assert (veille.depart, jour.depart) == (5355, 5808)
    assert jour.allure > veille.allure


def test_les_deux_familles_ne_se_suivent_jamais() -> None:
    fin_2024 = question(au="2024-12-31").au
    valeurs = {famille: {un.valeur for un in points(famille, fin_2024)} for famille in ("A", "B")}
    assert valeurs["A"].isdisjoint(valeurs["B"])
    assert (passe("A", fin_2024).depart, passe("B", fin_2024).depart) == (7660, 8111)
    for famille, autre in (("A", 8111), ("B", 7660)):
        dites = " ".join(reponse(famille=famille, au="2024-12-31").en_json()["sources"])
        assert f"famille {famille}" in dites
        assert str(autre) not in dites


@pytest.mark.parametrize("au", ["2019-01-01", "2020-02-29", "2022-06-15", "2040-12-30"])
def test_du_premier_jour_au_dernier(au: str) -> None:
    rendue = reponse(au=au, jusqu_a="2040-12")
    assert rendue.mois[-1] == "2040-12"
    assert rendue.quantiles("contrats")["p90"][-1] <= 53_000


def test_avant_la_fin_de_2022_rien_n_est_cale_et_c_est_dit() -> None:
    def dit(au: str) -> str:
        return " ".join(reponse(au=au).en_json()["sources"])

    assert "rien ne permet encore de caler" in dit("2022-12-30")
    assert "calées sur 2019-2022" in dit("2022-12-31")


def test_l_argent_n_est_jamais_suppose() -> None:
    assert any(
        "aucune source ne donne ce que l’Opco" in une for une in reponse().en_json()["sources"]
    )
    assert all(du_mois["argent"] == 0 for du_mois in reponse().contrainte)
