"""Becoming an employer on a phone, by the keyboard alone, without scripts, then on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long(6)]


def focus(page: Page) -> str:
    """The words of what has the focus."""
    dit: str = page.evaluate("document.activeElement.innerText || document.activeElement.id || ''")
    return dit


def avancer(page: Page, jusqu_a: str) -> None:
    """Tabs to what says so."""
    for _ in range(80):
        if jusqu_a in focus(page):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"the keyboard never reaches « {jusqu_a} »")


@pytest.mark.parametrize("script", [True, False])
def test_on_dit_un_jour_et_coche_une_etape_au_clavier(
    ouvrir: Callable[..., Page], script: bool
) -> None:
    page = ouvrir(largeur=390, script=script)
    page.goto("/employeur/?date_signature_contrat_aide=2026-12-15")
    page.locator("#date_prise_fonction").fill("2027-01-11")
    avancer(page, "Calculer les dates")
    page.keyboard.press("Enter")
    page.get_by_text("Du 3 janvier 2027 au 10 janvier 2027").wait_for()
    page.locator("#piece a", has_text="C’est fait").focus()
    page.keyboard.press("Enter")
    page.get_by_text("1 étape faite sur 20").wait_for()
    assert page.url.endswith("#piece")
    assert "fait=piece" in page.url
    assert page.locator("#piece").get_by_text("À refaire").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")


def test_sur_papier_les_regles_se_deplient(ouvrir: Callable[..., Page]) -> None:
    page = ouvrir()
    page.goto("/employeur/")
    regle = page.get_by_text("Depuis mai 2023, la CPAM verse la première année")
    assert not regle.is_visible()
    page.emulate_media(media="print")
    assert regle.is_visible()
