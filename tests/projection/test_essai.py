"""A reform tried: the paired differences, and the sentence that says why."""

from __future__ import annotations

from typing import Any

import pytest

from binome.projection.essai import essayer_la_reforme
from binome.projection.lecture import ecart
from tests.projection.questions import LIBRE, SERRE, question, reponse


def pourquoi(*reformes: str, **autres: Any) -> str:
    return essayer_la_reforme(question(reformes=list(reformes), **autres)).pourquoi


def test_argent_serre_la_page_dit_que_l_argent_retient() -> None:
    dite = pourquoi("igas-9", hypotheses=SERRE)
    assert dite.startswith("Aucune entrée de plus : le manque d’argent retient les entrées 9")
    assert dite.endswith("du temps, et elle n’y change rien.")


def test_argent_libre_elle_dit_ce_qui_cede_et_ce_qui_retient_ensuite() -> None:
    dite = pourquoi("igas-9", hypotheses=LIBRE)
    assert dite.startswith(
        "Les entrées changent : le nombre de personnes prêtes à entrer les retient"
    )
    assert "Alors le manque de places les retient plus souvent" in dite
    assert "le manque d’argent les retient 9" in pourquoi("igas-17", hypotheses=SERRE)


@pytest.mark.parametrize(
    ("reformes", "dite"),
    [
        ((), "Aucune recommandation n’est choisie : rien ne change."),
        (("igas-1", "igas-3"), "Aucune courbe ne bouge : aucune source ne donne l’effet."),
    ],
)
def test_ce_qui_ne_bouge_rien_le_dit(reformes: tuple[str, ...], dite: str) -> None:
    assert pourquoi(*reformes) == dite


def test_les_differences_sont_celles_des_memes_tirages() -> None:
    essai = essayer_la_reforme(question(reformes=["igas-9"], hypotheses=LIBRE))
    avec, sans = reponse(reformes=["igas-9"], hypotheses=LIBRE), reponse(hypotheses=LIBRE)
    assert essai.differences["entrees"] == ecart(avec, sans, "entrees")
    bas, milieu, haut = essai.entrees
    assert len(essai.rangs) == len(bas) == len(milieu) == len(haut)
    derniere = essai.differences["entrees"]
    assert (bas[-1], milieu[-1], haut[-1]) == tuple(derniere.values())
    assert sum(essai.retenues.values()) == pytest.approx(1)
