"""What a question may say, and the sentence for each mistake."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from binome.projection.demande import DemandeDeProjectionInvalide, lire_demande
from binome.projection.mois import nom
from binome.projection.parametres import recommandations
from tests.projection.questions import EXEMPLE, question


def test_ce_qui_n_est_pas_dit_est_l_exemple_du_contrat() -> None:
    dite = {**EXEMPLE, "reformes": [], "hypotheses": {}, "famille": "A"}
    assert lire_demande(dite) == lire_demande(EXEMPLE)
    assert (question().au, nom(question().jusqu_a)) == (date(2023, 6, 30), "2026-12")


def test_l_ordre_ne_fait_pas_une_autre_question() -> None:
    assert question(reformes=["igas-9", "igas-11"]) == question(
        reformes=["igas-11", "igas-9", "igas-9"]
    )


@pytest.mark.parametrize(
    ("dit", "phrase"),
    [
        ({"au": None}, "au : dites à quelle date"),
        ({"famille": None}, "famille : donnez une valeur"),
        ({"au": "2023-02-30"}, "au : une date qui existe"),
        ({"au": "2018-12-31"}, "au : entre 2019 et 2040"),
        ({"au": "2041-01-01"}, "au : entre 2019 et 2040"),
        ({"jusqu_a": "2026-13"}, "jusqu_a : un mois est attendu"),
        ({"jusqu_a": "2041-01"}, "jusqu_a : entre 2019 et 2040"),
        ({"jusqu_a": "2018-12"}, "jusqu_a : entre 2019 et 2040"),
        ({"jusqu_a": "2023-06"}, "jusqu_a : à cette date, le premier mois à venir est 2023-07"),
        ({"reformes": "igas-9"}, "reformes : une liste est attendue"),
        ({"reformes": ["igas-18"]}, "« igas-18 » n’existe pas ; connues : igas-1,"),
        ({"reformes": [9]}, "« 9 » n’existe pas"),
        ({"reformes": ["igas-8", "igas-8-salaries"]}, "deux variantes d’une proposition"),
        ({"hypotheses": []}, "hypotheses : un objet est attendu"),
        ({"hypotheses": {"argent": 1}}, "hypotheses.argent : cette hypothèse n’existe pas"),
        ({"hypotheses": {"reserve_euros": -1}}, "hypotheses.reserve_euros : entre 0 et 500000000"),
        ({"hypotheses": {"argent_annuel_euros": 6e8}}, "600000000 est dehors"),
        ({"hypotheses": {"rotation_annuelle": 0.51}}, "hypotheses.rotation_annuelle : entre 0 et 0.5"),
        ({"hypotheses": {"reserve_euros": True}}, "un nombre est attendu"),
        ({"hypotheses": {"reserve_euros": float("nan")}}, "un nombre est attendu"),
        ({"famille": "C"}, "famille : A (les contrats de la CNAM"),
        ({"reforme": []}, "reforme : ce renseignement n’existe pas"),
    ],
)  # fmt: skip
def test_chaque_faute_a_sa_phrase(dit: dict[str, Any], phrase: str) -> None:
    with pytest.raises(DemandeDeProjectionInvalide) as refus:
        lire_demande({**EXEMPLE, **dit})
    assert [phrase in faute for faute in refus.value.fautes] == [True], refus.value.fautes


def test_toutes_les_fautes_sont_dites_ensemble() -> None:
    with pytest.raises(DemandeDeProjectionInvalide) as refus:
        lire_demande({"au": "hier", "famille": "Z", "reformes": ["x", "y"]})
    assert len(refus.value.fautes) == 5


def test_les_bornes_sont_admises() -> None:
    assert question(hypotheses={"rotation_annuelle": 0.5}).posees == {"rotation_annuelle": 0.5}
    assert question(au="2019-01-01", jusqu_a="2040-12").au == date(2019, 1, 1)


def test_les_dix_sept_recommandations_sont_admises() -> None:
    assert list(recommandations()) == [f"igas-{numero}" for numero in range(1, 18)]
    for une in recommandations():
        assert question(reformes=[une]).reformes == (une,)
