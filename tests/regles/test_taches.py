"""The catalogue of tasks: every gesture has its answer, and every citation speaks of tasks."""

from __future__ import annotations

import re

import pytest

from binome.regles import taches as module
from binome.regles.lecture import BaseInvalide
from binome.regles.taches import STATUTS, VERDICTS, GesteDeTache, Tache, taches

HORS_SUJET = ("annexe 2", "article", "bloc 1", "bloc 2", "bloc 3", "bloc 4")
"""Passages on access, levels and hours: a task that cites one cites nothing on tasks."""


def tache(code: str) -> Tache:
    return next(une for une in taches() if une.code == code)


def test_le_catalogue_a_ses_quarante_taches() -> None:
    assert [une.code for une in taches()] == [
        *(f"A{n}" for n in range(1, 19)),
        *(f"C{n}" for n in range(1, 10)),
        *(f"F{n}" for n in range(1, 13)),
        "P1",
    ]
    assert {une.statut for une in taches()} == set(STATUTS)
    assert {geste.verdict for une in taches() for geste in une.gestes} == set(VERDICTS)


@pytest.mark.parametrize("une", taches(), ids=lambda une: une.code)
def test_chaque_tache_nomme_ses_gestes_et_cite_ce_qui_en_parle(une: Tache) -> None:
    assert une.sources
    assert not {citation.passage for citation in une.sources} & set(HORS_SUJET)
    for geste in une.gestes:
        assert geste.geste[0].islower()
        assert f"{geste.geste[1:]} : {VERDICTS[geste.verdict]}" in une.reponse
    assert une.reponse.count(" : ") == len(une.gestes)
    assert not une.condition or une.condition.endswith(".")
    if une.disputee:
        assert une.condition or len(une.gestes) > 1


def test_le_nom_d_une_tache_ne_dit_ni_oui_ni_non() -> None:
    for une in taches():
        assert not re.search(r"\b(oui|non|permis\w*|interdi\w*)\b", une.tache, re.IGNORECASE), (
            une.code
        )


@pytest.mark.parametrize(
    ("verdicts", "statut", "disputee"),
    [
        (("oui",), "permise", False),
        (("oui", "oui"), "permise", False),
        (("non", "non"), "interdite", False),
        (("oui", "non"), "condition", False),
        (("oui", "divergent"), "condition", True),
        (("divergent",), "contestee", True),
        (("silence",), "contestee", True),
        (("non", "divergent"), "contestee", True),
        (("non", "silence"), "contestee", True),
    ],
)
def test_une_tache_se_juge_sur_ses_gestes(
    verdicts: tuple[module.Verdict, ...], statut: str, disputee: bool
) -> None:
    gestes = tuple(GesteDeTache(f"geste {n}", un) for n, un in enumerate(verdicts))
    une = Tache("T", "Une tâche", gestes, "", ())
    assert (une.statut, une.disputee) == (statut, disputee)


def test_une_tache_a_deux_gestes_dit_les_deux() -> None:
    assert tache("C2").reponse == "Préparer et aider : oui ; faire l’acte : non."
    assert tache("F9").statut == "contestee"
    assert tache("F9").reponse.endswith(" : les textes n’en disent rien.")
    assert str(tache("F9").sources[0]) == "igas-2023, ¶54"


def test_ce_que_disent_les_sources_du_lieu_des_tests_et_du_perimetre() -> None:
    assert [geste.verdict for geste in tache("C7").gestes] == ["oui", "non"]
    assert "cpam-mayenne-teletravail, réponse" in map(str, tache("C7").sources)
    assert [geste.verdict for geste in tache("C9").gestes] == ["oui", "silence"]
    assert [geste.verdict for geste in tache("C1").gestes] == ["oui", "divergent"]
    assert {"igas-2023, ¶68", "igas-2023, ¶69", "igas-2023, ¶70"} <= set(
        map(str, tache("P1").sources)
    )
    assert tache("P1").statut == "contestee"


@pytest.mark.parametrize(
    ("change", "attendu"),
    [
        ({"gestes": {"peser": "peut-être"}}, "tâche T1 : réponse inconnue « peut-être »"),
        ({"gestes": {}}, "tâche T1 : il lui faut un geste et une source"),
        ({"sources": []}, "tâche T1 : il lui faut un geste et une source"),
    ],
)
def test_une_tache_mal_ecrite_est_refusee(
    change: dict[str, object], attendu: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    brut = {"code": "T1", "tache": "T", "gestes": {"peser": "oui"}, "sources": ["igas-2023, ¶12"]}
    monkeypatch.setattr(module, "lire_yaml", lambda _: [brut | change])
    with pytest.raises(BaseInvalide, match=re.escape(attendu)):
        taches.__wrapped__()
