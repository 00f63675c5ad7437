"""What holds in each draw, whatever is asked."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from binome.projection.flux import CONTRAINTES
from binome.projection.lecture import tirages_de
from binome.projection.mois import premier_a_venir
from binome.projection.parametres import observations
from binome.projection.tirages import TIRAGES, jeu
from tests.projection.questions import LIBRE, SERRE, question, reponse

QUESTIONS: list[dict[str, Any]] = [
    {},
    {"hypotheses": SERRE},
    {"hypotheses": LIBRE, "reformes": ["igas-9", "igas-12"]},
    {"au": "2025-11-30", "jusqu_a": "2030-12", "hypotheses": SERRE, "reformes": ["igas-8"]},
    {"famille": "B", "au": "2022-12-31", "hypotheses": {"reserve_euros": 3_000_000}},
]


@pytest.mark.parametrize("dit", QUESTIONS, ids=range(len(QUESTIONS)))
def test_les_invariants(dit: dict[str, Any]) -> None:
    demande = question(**dit)
    signes, flux = tirages_de(demande)
    tires, venir = jeu(demande.famille, demande.au, demande.posees), premier_a_venir(demande.au)
    assert signes.shape == (demande.jusqu_a + 1, TIRAGES)
    assert (np.diff(signes, axis=0) >= 0).all()
    np.testing.assert_allclose(flux.personnes, signes * tires["personnes_par_contrat"])
    assert (flux.entrees >= 0).all()
    assert (np.cumsum(flux.certifies, axis=0) <= np.cumsum(flux.entrees, axis=0) + 1e-6).all()
    # Nobody enters who was not hired: those in post, and those who replaced somebody.
    partis = np.cumsum(flux.personnes, axis=0) * tires["rotation_annuelle"] / 12
    assert (np.cumsum(flux.entrees, axis=0) <= flux.personnes + partis + 1e-6).all()
    places = 37 * tires["places_par_organisme"] * 1.5
    assert (flux.entrees <= places).all()
    assert not flux.euros[:venir].any()
    if dit.get("hypotheses"):
        donnes = (
            demande.posees.get("argent_annuel_euros", 0)
            / 12
            * np.arange(1, len(signes) - venir + 1)
        )
        plafond = donnes[:, None] + demande.posees.get("reserve_euros", 0) + 1
        assert (np.cumsum(flux.euros[venir:], axis=0) <= plafond).all()


def test_personne_n_entre_avant_les_premieres_sessions() -> None:
    _, flux = tirages_de(question())
    ouvert = premier_a_venir(observations().premieres_entrees)
    assert not flux.entrees[:ouvert].any()
    assert (flux.entrees[ouvert:] > 0).all()


def test_les_parts_de_ce_qui_retient_font_un() -> None:
    for du_mois in reponse(hypotheses=SERRE).contrainte:
        assert set(du_mois) == set(CONTRAINTES)
        assert sum(du_mois.values()) == pytest.approx(1, abs=0.002)


def test_une_reserve_seule_s_epuise() -> None:
    rendue = reponse(hypotheses={"reserve_euros": 1_000_000})
    assert rendue.contrainte[-1]["argent"] == 1
    assert rendue.quantiles("euros")["p90"][-1] == 1_000_000
    assert len(set(rendue.quantiles("entrees")["p50"][-6:])) == 1


def test_qui_part_est_remplace_et_doit_etre_forme() -> None:
    """The hypothesis that the report forgets: more leavers, more entries, no more people in post."""
    peu = reponse(hypotheses={"rotation_annuelle": 0.0, "places_par_organisme": 50})
    beaucoup = reponse(hypotheses={"rotation_annuelle": 0.2, "places_par_organisme": 50})
    assert beaucoup.quantiles("entrees")["p50"][-1] > peu.quantiles("entrees")["p50"][-1]
    assert beaucoup.quantiles("personnes") == peu.quantiles("personnes")
