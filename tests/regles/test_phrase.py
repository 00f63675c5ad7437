"""The sentence that a person writes of a rule: read first, refused when nobody could say it aloud."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from binome.regles import dire
from binome.regles.courante import construire, ouvrir
from binome.regles.lecture import BaseInvalide
from binome.regles.phrase import LONGUEUR, fautes
from tests.regles.essais import base_avec, brut, regle, table

if TYPE_CHECKING:
    from pathlib import Path

BONNE = "Un diplôme de niveau 4 suffit pour entrer en CQP ; l’expérience aussi, mais plus longue."


@pytest.mark.parametrize(
    "phrase",
    [
        BONNE,
        "26 ans et plus : le SMIC au moins.",
        "« Entre 15 et 25 % » se lit comme un seuil. Demandez à l’Opco EP : il paie.",
        "Le RNCP 40913 demande 63 heures (42 et 21).",
        "D" + "a" * (LONGUEUR - 2) + ".",
    ],
)
def test_une_phrase_qui_se_dit_passe(phrase: str) -> None:
    assert [*fautes(phrase)] == []


@pytest.mark.parametrize(
    ("phrase", "faute"),
    [
        (BONNE.removesuffix("."), "point"),
        (BONNE.lower(), "majuscule"),
        (BONNE.replace(" ", "  ", 1), "espaces"),
        (BONNE.replace("’", "'"), "apostrophe"),
        ("D" + "a" * (LONGUEUR - 1) + ".", f"{LONGUEUR + 1} caractères"),
        ("Constaté : situation : en poste.", "deux points"),
        ("Il faut niveau_diplome au moins 4.", "« u_d »"),
        ("Voyez dispense.40913.secretaire pour le détail.", "programme"),
        ("Le référentiel rncp40913 s’applique.", "programme"),
        ("Il faut un niveau >= 4.", "programme"),
    ],
)
def test_une_phrase_de_machine_est_refusee(phrase: str, faute: str) -> None:
    (dite,) = fautes(phrase)
    assert faute in dite


def test_la_base_refuse_une_phrase_mal_ecrite_et_la_nomme() -> None:
    with pytest.raises(BaseInvalide, match=r"règle essai\.une : sa phrase \(dit\) : .*un point"):
        base_avec(table(regle("essai.une", dit="Une phrase sans fin")))


def test_la_base_refuse_une_regle_sans_phrase() -> None:
    with pytest.raises(BaseInvalide, match=r"règle essai\.une : sa phrase \(dit\) : elle manque"):
        base_avec(table(regle("essai.une", dit="")))


def test_un_export_d_avant_les_phrases_se_rouvre_et_se_lit_mot_a_mot(tmp_path: Path) -> None:
    contenu = brut()
    for une in contenu["tables"]:
        for ancienne in une["regles"]:
            del ancienne["dit"]
    with pytest.raises(BaseInvalide, match="elle manque"):
        construire(contenu)
    export = tmp_path / "base.json"
    export.write_text(json.dumps(contenu, default=date.isoformat), encoding="utf-8")
    base = ouvrir(str(export))
    assert base.regles["voie.cqp"].dit == ""
    lue = dire.en_une_phrase(base.regles["voie.cqp"], base)
    assert lue.startswith("Certificat de qualification professionnelle (CQP). Applicable ")


def test_la_phrase_se_lit_avant_la_regle_mot_a_mot() -> None:
    base = base_avec(table(regle("essai.une", dit=BONNE)))
    assert dire.en_une_phrase(base.regles["essai.une"], base) == BONNE
    assert dire.mot_a_mot(base.regles["essai.une"], base).startswith("essai.une. Applicable ")
