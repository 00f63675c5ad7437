"""The dashboard of each actor in the made-up world: readable by all, by the keyboard, on a phone, a desk and a sheet."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import TYPE_CHECKING, Final

import pytest
from django.db import connection
from playwright.sync_api import expect
from pypdf import PdfReader

from binome.comptes.facteurs import poser_application
from binome.comptes.models import Personne
from binome.exemples.acces import DOMAINE
from tests.exemples.jeu import jouer
from tests.navigateur.test_dossiers import entrer
from tests.navigateur.test_pages import AXE, _regarder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page
    from pytest_django import Settings

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long(60)]
ACTEURS: Final = ("pilote", "administrateur", "gestionnaire", "opco", "cpam")
ICI: Final = "/espace/pilotage/"
FEUILLES: Final = 6
"""A dashboard on paper at most, everything unfolded."""


def _dresser(settings: Settings, fichiers: Path) -> None:
    jouer(settings, fichiers)
    connection.close()


def regarder(page: Page) -> list[str]:
    """What axe and the widths say of a page, everything unfolded, on a phone then on a desk in the dark."""
    page.evaluate("document.querySelectorAll('details').forEach(un => un.open = true)")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    fautes = [*_regarder(page, 390, "light"), *_regarder(page, 1280, "dark")]
    return [f"{page.url} — {une}" for une in fautes]


def test_chaque_acteur_lit_son_tableau(
    ouvrir: Callable[..., Page], settings: Settings, tmp_path: Path
) -> None:
    # The seals of the world open a loop of their own, which the browser's thread cannot.
    with ThreadPoolExecutor(1) as a_part:
        a_part.submit(_dresser, settings, tmp_path / "fichiers").result()
    fautes: list[str] = []
    for role in ACTEURS:
        qui = Personne.objects.get(courriel=f"{role}@{DOMAINE}")
        poser_application(qui)
        page = entrer(ouvrir(), qui)
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(ICI)
        expect(page.get_by_role("heading", name="Où nous en sommes")).to_be_visible()
        tuile = page.locator(".tuile").first
        # The first screen holds the sentence and a large value, without a touch.
        assert (tuile.locator(".tuile-valeur").bounding_box() or {"y": 9_999})["y"] < 900, role
        _au_clavier(page)
        lues = PdfReader(BytesIO(page.pdf(format="A4"))).pages
        assert len(lues) <= FEUILLES, f"{role} : {len(lues)} feuilles"
        assert "Calculé le" in lues[0].extract_text().replace("\xa0", " "), role
        fautes += regarder(page)
        lien = tuile.get_by_role("link").first
        for adresse in (lien.get_attribute("href") or "", f"{ICI}releves/"):
            page.goto(adresse)
            fautes += regarder(page)
        page.get_by_role("link", name="Relevé n°").first.click()
        expect(page.get_by_text("Ce relevé ne change plus")).to_be_visible()
        fautes += regarder(page)
        if role == "gestionnaire":
            page.goto(f"{ICI}resultats/")
            fautes += regarder(page)
    assert not fautes, "\n".join(fautes)


def _au_clavier(page: Page) -> None:
    """A question unfolds by the keyboard, and another month is asked for."""
    question = page.locator(".question-du-pilotage > summary").first
    question.focus()
    question.press("Enter")
    expect(page.locator(".question-du-pilotage[open]").first).to_be_visible()
    page.get_by_label("Au", exact=True).focus()
    page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="Voir", exact=True).press("Enter")
    expect(page).to_have_url(re.compile("mois="))
