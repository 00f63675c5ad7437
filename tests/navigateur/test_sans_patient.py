"""The browser reads as the server does: the same finds, at the same places, for the same reasons."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

import pytest

from binome.habillage.hors_ligne import STATIQUES
from binome.livret.sans_patient import motifs, reperer
from tests.livret.phrases import TOUTES, autrement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

PAGE = """<!doctype html><html lang="fr"><title>Carte</title>
<script type="application/json" id="sans-patient">{donnees}</script>
<form><label>Une phrase <textarea data-sans-patient="raisons"></textarea></label><p id="raisons" role="alert" hidden></p></form>"""
A_PART = (
    "",
    "Mme",
    "M. \ud7ff D",
    "Mme Łukasz",
    "Mme Δημήτρης",
    "née le 1/2",
    "𝐌𝐦𝐞 Durand",
    "ＭＭＥ Durand 06３９９８１２３４",
)


@pytest.fixture
def page(navigateur: Browser) -> Iterator[Page]:
    """A page of its own, with nothing but a field and the script."""
    contexte = navigateur.new_context()
    ouverte = contexte.new_page()
    donnees = json.dumps(motifs(), ensure_ascii=True).replace("<", "\\u003c")
    ouverte.set_content(PAGE.replace("{donnees}", donnees))
    script = STATIQUES / "binome" / "sans_patient.js"
    ouverte.add_script_tag(content=script.read_text(encoding="utf-8"))
    yield ouverte
    contexte.close()


def test_le_navigateur_et_le_serveur_lisent_pareil(page: Page) -> None:
    textes = [
        *A_PART,
        *(un for une in TOUTES for un in (une.texte, une.texte.upper(), une.texte.lower(), *autrement(une.texte))),
    ]  # fmt: skip
    lus = page.evaluate(
        "textes => textes.map((un) => window.binomeSansPatient.reperer(un))", textes
    )
    for texte, lu in zip(textes, lus, strict=True):
        assert lu == [dataclasses.asdict(un) for un in reperer(texte)], ascii(texte)


def test_la_raison_vient_en_tapant_et_part_avec_le_nom(page: Page) -> None:
    champ, raisons = page.locator("textarea"), page.locator("#raisons")
    champ.press_sequentially("J’ai vu Mme Dur")
    assert raisons.inner_text().startswith("« Mme Dur » ressemble au nom d’une personne.")
    assert champ.get_attribute("aria-invalid") == "true"
    assert page.evaluate("document.querySelector('form').checkValidity()") is False
    champ.fill("J’ai vu une patiente")
    assert raisons.is_hidden()
    assert champ.get_attribute("aria-invalid") is None
    assert page.evaluate("document.querySelector('form').checkValidity()") is True
