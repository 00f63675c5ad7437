"""May an assistant do this? A question in plain words finds its task, or nothing."""

from __future__ import annotations

import pytest

from binome.pliage import plier
from binome.regles.taches import STATUTS, chercher, taches


def test_le_catalogue_a_ses_trente_cinq_taches() -> None:
    codes = [tache.code for tache in taches()]
    assert codes == [
        *(f"A{n}" for n in range(1, 18)),
        *(f"C{n}" for n in range(1, 8)),
        *(f"F{n}" for n in range(1, 11)),
        "X1",
    ]
    assert {tache.statut for tache in taches()} == set(STATUTS)
    for tache in taches():
        assert tache.sources, tache.code
        assert bool(tache.condition) == (tache.statut in ("condition", "contestee")), tache.code


@pytest.mark.parametrize(
    ("question", "codes"),
    [
        ("prise de sang", ["F10"]),
        ("Une PRISE DE SANG ?", ["F10"]),
        ("peut-elle faire un ECG ?", ["C2", "X1"]),
        ("vaciner", ["F10"]),
        ("injecsion d’insuline", ["F10"]),
        ("tensiometre", ["A10"]),
        ("prendre la tension", ["A10"]),
        ("oct", ["F8"]),
        ("arrêt maladie", ["C5"]),
        ("télétravail", ["C7"]),
        ("tri des patients", ["F9"]),
        ("à domicile", ["F5", "C7"]),
        ("vaccination", ["F10", "A3"]),
        ("peut-on la laisser seule", ["F4"]),
        ("un pansement", ["F3", "X1"]),
        ("facturer", ["A4"]),
    ],
)
def test_une_question_trouve_sa_tache(question: str, codes: list[str]) -> None:
    assert [tache.code for tache in chercher(question)] == codes


@pytest.mark.parametrize(
    "question",
    ["", "   ", "?!", "xyzzyplugh", "peut-on le faire", "poser un holter", "prendre un selfie"],
)
def test_une_question_sans_rapport_ne_trouve_rien(question: str) -> None:
    assert chercher(question) == []


def test_plier_retire_casse_accents_et_ponctuation() -> None:
    assert plier("L’Œil  d’ÉTÉ, ça-va ?") == "l oeil d ete ca va"
