"""The seventeen recommendations: what each moves, with the same draws, and what it cannot."""

from __future__ import annotations

import pytest

from binome.projection.lecture import COURBES, ecart
from binome.projection.parametres import recommandations
from tests.projection.questions import LIBRE, SERRE, reponse

NON_CHIFFRABLES = [nom for nom, une in recommandations().items() if une.classe == "non_chiffrable"]


@pytest.mark.parametrize("nom", NON_CHIFFRABLES)
def test_ce_qui_n_est_pas_chiffrable_ne_bouge_aucune_courbe_et_le_dit(nom: str) -> None:
    sans, avec = reponse().en_json(), reponse(reformes=[nom]).en_json()
    assert {cle: avec[cle] for cle in (*COURBES, "contrainte")} == {
        cle: sans[cle] for cle in (*COURBES, "contrainte")
    }
    assert any(une.startswith(f"{nom} (non chiffrable") for une in avec["sources"])


@pytest.mark.parametrize("nom", [nom for nom in recommandations() if nom not in NON_CHIFFRABLES])
def test_les_autres_bougent_quelque_chose_selon_l_argent(nom: str) -> None:
    ecarts = (
        ecart(reponse(hypotheses=argent, reformes=[nom]), reponse(hypotheses=argent), courbe)
        for argent in (LIBRE, SERRE)
        for courbe in COURBES
    )
    assert any(un["p10"] or un["p90"] for un in ecarts)


def test_argent_serre_la_recommandation_9_seule_ne_fait_entrer_personne() -> None:
    serre = reponse(hypotheses=SERRE)
    assert min(du_mois["argent"] for du_mois in serre.contrainte) > 0.9
    avec = reponse(hypotheses=SERRE, reformes=["igas-9"])
    assert ecart(avec, serre, "entrees") == {"p10": 0, "p50": 0, "p90": 0}
    assert "argent" in avec.en_json()["sources"][0]


def test_argent_libre_la_recommandation_9_fait_entrer_plus_tot() -> None:
    libre = reponse(hypotheses=LIBRE)
    avec = reponse(hypotheses=LIBRE, reformes=["igas-9"])
    fin_2024 = libre.mois.index("2024-12")
    assert (
        avec.quantiles("entrees")["p50"][fin_2024]
        > libre.quantiles("entrees")["p50"][fin_2024] + 50
    )
    de_plus = ecart(avec, libre, "entrees")
    assert de_plus["p10"] >= 0
    assert de_plus["p50"] > 10
    assert de_plus["p90"] > 300


def test_la_recommandation_17_ne_vaut_que_si_l_argent_manque() -> None:
    libre, serre = reponse(hypotheses=LIBRE), reponse(hypotheses=SERRE)
    assert ecart(reponse(hypotheses=LIBRE, reformes=["igas-17"]), libre, "entrees")["p90"] == 0
    accorde = reponse(hypotheses=SERRE, reformes=["igas-17"])
    assert ecart(accorde, serre, "entrees")["p10"] > 100
    assert ecart(accorde, serre, "euros")["p50"] > 5_000_000
    assert accorde.contrainte[-1]["argent"] == 0


def test_trois_ensemble_depassent_leur_somme_quand_l_argent_manque() -> None:
    serre = reponse(hypotheses=SERRE)
    seules = [
        ecart(reponse(hypotheses=SERRE, reformes=[nom]), serre, "entrees")["p50"]
        for nom in ("igas-9", "igas-12", "igas-17")
    ]
    ensemble = reponse(hypotheses=SERRE, reformes=["igas-9", "igas-12", "igas-17"])
    assert ecart(ensemble, serre, "entrees")["p50"] > sum(seules)


def test_une_heure_de_moins_est_de_l_argent_ou_des_entrees() -> None:
    """Free, 10 and 11 spare money and let nobody in; tight, they let people in for the same money."""
    libre, serre = reponse(hypotheses=LIBRE), reponse(hypotheses=SERRE)
    for nom in ("igas-10", "igas-11"):
        moins = reponse(hypotheses=LIBRE, reformes=[nom])
        assert ecart(moins, libre, "euros")["p90"] < -400_000
        assert ecart(moins, libre, "entrees") == {"p10": 0, "p50": 0, "p90": 0}
        assert ecart(reponse(hypotheses=SERRE, reformes=[nom]), serre, "entrees")["p10"] > 30


def test_une_fae_de_35_heures_coute_2464_euros_de_moins() -> None:
    fae = {"hypotheses": {"places_par_organisme": 50.0}}
    sans, avec = reponse(**fae), reponse(**fae, reformes=["igas-11"])
    par_entree = (sans.euros[-1] - avec.euros[-1]) / (sans.entrees[-1] - sans.entrees[0])
    # 77 hours at 32 euros, for one entry in ten.
    assert 0.085 * 2464 < par_entree.mean() < 0.115 * 2464
