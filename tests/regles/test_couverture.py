"""The coverage of the sources: each numbered statement has a place, and each place exists."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from binome.formations.lecture import organismes, zones_mal_couvertes
from binome.regles import couverture
from binome.regles.courante import base_courante
from binome.regles.couverture import (
    Appui,
    EnonceDeSource,
    Partie,
    comptes,
    conteste,
    en_markdown,
    parties,
    tenants,
    verifier_couverture,
)
from binome.regles.lecture import BaseInvalide

if TYPE_CHECKING:
    from binome.regles.base import Base

DOCS = Path(__file__).parents[2] / "docs"
DOCUMENTS = ("avenant-81", "avenant-81-ocr", "igas-2023", "asfo-40913", "emploilr-2021")
"""The five documents of the scheme, 000 to 004."""


def lieux(source: str) -> set[str]:
    return {
        un.passage for partie in parties() for un in partie.enonces if partie.source.id == source
    }


def test_la_page_de_la_couverture_est_a_jour() -> None:
    assert (DOCS / "couverture.md").read_text(encoding="utf-8") == en_markdown()


def test_rien_ne_manque_a_la_couverture() -> None:
    connus = {
        "organisme": [un.slug for un in organismes()],
        "zone": [une.nom for une in zones_mal_couvertes()],
    }
    assert verifier_couverture(connus) == []


def test_chaque_numero_du_rapport_a_un_enonce() -> None:
    presents = lieux("igas-2023")
    attendus = [
        *(f"¶{numero}" for numero in range(1, 219)),
        *(f"note {numero}" for numero in range(1, 55)),
        *(f"tableau {numero}" for numero in range(1, 11)),
        *(f"recommandation {numero}" for numero in range(1, 18)),
    ]
    assert [un for un in attendus if un not in presents] == []


def test_chaque_article_de_l_avenant_81_a_un_enonce_dans_ses_deux_copies() -> None:
    for source in ("avenant-81", "avenant-81-ocr"):
        assert {f"article {n}" for n in range(1, 12)} | {"annexe 1", "annexe 2"} <= lieux(source)


@pytest.mark.parametrize("source", DOCUMENTS)
def test_chaque_passage_du_registre_a_un_enonce(base: Base, source: str) -> None:
    assert set(base.sources[source].passages) <= lieux(source)


def test_ce_que_les_sources_disputent_se_dit_conteste() -> None:
    par_lieu = {un.lieu: un for partie in parties() for un in partie.enonces}
    assert conteste(par_lieu["¶74"])
    assert not conteste(par_lieu["¶50"])
    page = en_markdown()
    ligne = next(une for une in page.splitlines() if une.startswith("| note 13 |"))
    assert "**contesté** : tâche `C6`" in ligne


def test_les_comptes_de_la_page_font_l_ensemble() -> None:
    tous, tenus, disputes, hors = comptes()
    assert tous == tenus + disputes + hors
    (ensemble,) = [une for une in en_markdown().splitlines() if une.startswith("| **Ensemble**")]
    assert [int(un) for un in re.findall(r"\d+", ensemble)] == [tous, tenus, disputes, hors]


def avec(monkeypatch: pytest.MonkeyPatch, **champs: object) -> list[str]:
    """The faults of a coverage whose first statement is changed."""
    premiere, *autres = parties()
    un = replace(premiere.enonces[0], **champs)  # type: ignore[arg-type] # what is refused
    mutee = replace(premiere, enonces=(un, *premiere.enonces[1:]))
    monkeypatch.setattr(couverture, "parties", lambda: (mutee, *autres))
    return verifier_couverture()


@pytest.mark.parametrize(
    ("champs", "faute"),
    [
        ({"dit": ""}, "avenant-81, en-tête : dites ce que dit l’énoncé, en une phrase finie"),
        (
            {"tenu": (), "aussi": (), "hors": ""},
            "avenant-81, en-tête : rien ne le tient, et aucune raison n’est donnée",
        ),
        (
            {"tenu": (), "hors": "paresse"},
            "avenant-81, en-tête : la raison « paresse » n’est pas au catalogue",
        ),
        (
            {"tenu": (Appui("regle", "voie.zzz"),)},
            "avenant-81, en-tête : règle « voie.zzz » n’existe pas",
        ),
        (
            {"tenu": (Appui("regle", "voie.fae"),)},
            "avenant-81, en-tête : règle « voie.fae » ne cite pas ce passage",
        ),
        (
            {"aussi": (Appui("fait", "voie.fae"),)},
            "avenant-81, en-tête : question « voie.fae » n’existe pas",
        ),
    ],
)
def test_la_couverture_refuse_un_enonce_mal_place(
    monkeypatch: pytest.MonkeyPatch, champs: dict[str, object], faute: str
) -> None:
    assert avec(monkeypatch, **champs) == [faute]


def test_la_couverture_refuse_un_organisme_inconnu(monkeypatch: pytest.MonkeyPatch) -> None:
    premiere, *autres = parties()
    un = replace(premiere.enonces[0], aussi=(Appui("organisme", "zzz"),))
    monkeypatch.setattr(
        couverture,
        "parties",
        lambda: (replace(premiere, enonces=(un, *premiere.enonces[1:])), *autres),
    )
    assert verifier_couverture() == []
    refus = verifier_couverture({"organisme": ["afbb"]})
    assert refus[0] == "avenant-81, en-tête : organisme « zzz » n’existe pas"


def test_la_couverture_refuse_un_paragraphe_oublie_ou_redit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def sans(partie: Partie) -> Partie:
        return replace(partie, enonces=tuple(un for un in partie.enonces if un.lieu != "¶149"))

    gardees = tuple(map(sans, parties()))
    redite = replace(gardees[0], enonces=(*gardees[0].enonces, gardees[0].enonces[0]))
    monkeypatch.setattr(couverture, "parties", lambda: (redite, *gardees[1:]))
    assert verifier_couverture() == [
        "igas-2023, ¶149 : aucun énoncé",
        "igas-2023, ¶149 : passage du registre sans énoncé",
        "avenant-81, en-tête : énoncé donné deux fois",
    ]


def test_la_couverture_refuse_une_raison_de_trop(monkeypatch: pytest.MonkeyPatch) -> None:
    connues = couverture.raisons()
    monkeypatch.setattr(
        couverture,
        "raisons",
        lambda: {**connues, "paresse": couverture.HorsChamp("paresse", "Rien.")},
    )
    assert verifier_couverture() == ["raison « paresse » : aucun énoncé ne s’en sert"]


@pytest.mark.parametrize("texte", ["voie.fae", "chose voie.fae", "regle"])
def test_un_appui_se_dit_par_son_genre_et_son_nom(texte: str) -> None:
    with pytest.raises(BaseInvalide, match="écrivez un genre connu, puis un nom"):
        couverture._appui(texte)


def test_un_enonce_sans_phrase_prend_celle_du_registre() -> None:
    source = base_courante().sources["igas-2023"]
    lu = couverture._enonce({"ou": "¶149", "hors": "contexte"}, source)
    assert lu == EnonceDeSource("¶149", source.passages["¶149"], (), (), "contexte")
    with pytest.raises(BaseInvalide, match="clés inconnues"):
        couverture._enonce({"ou": "¶149", "tenue": []}, source)


def test_une_autre_certification_et_une_reforme_tiennent_aussi_des_enonces() -> None:
    assert (
        "igas-2023, tableau 3"
        in tenants()[Appui("regle", "assistant-dentaire/acces.voies")].citations
    )
    assert "igas-2023, ¶148" in tenants()[Appui("regle", "prerequis.igas-8")].citations
