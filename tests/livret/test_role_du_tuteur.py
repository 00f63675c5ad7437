"""The tutor's role: each line stands on a source, or says that none was found and who would know."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest

from binome.livret import role_du_tuteur as module
from binome.livret.role_du_tuteur import DONNEES, FORCES, THEMES, LigneDeRole, role_du_tuteur
from binome.regles.lecture import BaseInvalide, lire_yaml


def ligne(nom: str) -> LigneDeRole:
    return next(une for une in role_du_tuteur() if une.id == nom)


def test_chaque_theme_y_est() -> None:
    lignes = role_du_tuteur()
    assert list(dict.fromkeys(une.theme for une in lignes)) == list(THEMES)
    assert {une.force for une in lignes} <= set(FORCES)
    assert len({une.id for une in lignes}) == len(lignes)


@pytest.mark.parametrize("une", role_du_tuteur(), ids=lambda une: une.id)
def test_une_ligne_est_une_phrase_et_dit_ce_qui_la_tient(une: LigneDeRole) -> None:
    assert une.dit.endswith(".")
    assert len(une.dit) <= 200
    assert "'" not in une.dit
    assert bool(une.sources) is (une.force != "non_trouve")
    assert bool(une.qui_sait) is (une.force == "non_trouve")
    if une.force == "non_trouve":
        assert "aucune source lue ne dit" in une.dit.lower()


def test_trois_personnes_au_plus_et_deux_pour_l_employeur() -> None:
    assert ligne("nombre").voie == "voie-contrat-professionnalisation"
    assert ligne("nombre").dit.startswith(
        "Un tuteur suit trois personnes au plus à la fois, deux quand"
    )
    assert [str(une) for une in ligne("nombre").sources] == ["opco-ep-tuteur, nombre"]


def test_ce_que_personne_n_a_ecrit_reste_sans_chiffre() -> None:
    for une in role_du_tuteur():
        if une.force == "non_trouve":
            assert not re.search(r"\d", une.dit)


@pytest.mark.parametrize(
    ("nom", "change", "faute"),
    [
        ("livret", {"sources": []}, "il lui faut une source"),
        ("livret", {"force": "sûr"}, "thème ou force inconnus"),
        ("livret", {"regle": "rien"}, "la règle « rien » n’existe pas"),
        ("livret", {"regle": "formalite.pro-a.avenant"}, "ne cite aucune de ses sources"),
        ("livret", {"sources": ["igas-2023, ¶999"]}, "n’est pas déclaré"),
        ("pro-a", {"voie": "voie-rêvée"}, "la voie « voie-rêvée » n’est pas une table"),
        ("temps", {"qui_sait": ""}, "dit qui le saurait"),
        ("temps", {"sources": ["igas-2023, ¶202"]}, "n’a pas de source"),
        ("payes-contrat", {"force": "certain"}, "une source peu sûre ne rend rien certain"),
        ("payes-contrat", {"force": "conteste"}, "des sources qui divergent sont deux au moins"),
    ],
)
def test_une_ligne_sans_appui_ne_se_charge_pas(
    nom: str, change: dict[str, Any], faute: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    brut = copy.deepcopy(lire_yaml(DONNEES))
    next(une for une in brut if une["id"] == nom).update(change)
    monkeypatch.setattr(module, "lire_yaml", lambda _: brut)
    with pytest.raises(BaseInvalide, match=re.escape(faute)):
        role_du_tuteur.__wrapped__()
