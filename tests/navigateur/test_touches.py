"""Keys of the examiner's desk: they lead, never decide, say nothing in a field, and can be switched off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from binome.dossiers.etats import Etat
from binome.dossiers.models import Dossier
from tests.dossiers.monde import construire, depose, propose
from tests.navigateur.test_dossiers import entrer

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)


def test_les_touches_menent_sans_rien_decider(ouvrir: Callable[..., Page]) -> None:
    monde = construire()
    un, deux = depose(monde), propose(monde)
    page = entrer(ouvrir(), monde.emma)
    page.goto("/espace/dossiers/")
    clavier = page.keyboard
    clavier.press("j")
    expect(page.locator(f'a[href*="{un.reference}"]')).to_be_focused()
    clavier.press("j")
    expect(page.locator(f'a[href*="{deux.reference}"]')).to_be_focused()
    clavier.press("Control+k")
    expect(page.locator(f'a[href*="{deux.reference}"]')).to_be_focused()
    clavier.press("Enter")
    expect(page.get_by_role("heading", name="La proposition")).to_be_visible()
    clavier.press("d")
    decider = page.get_by_role("button", name="Décider et ouvrir le suivant")
    expect(decider).to_be_focused()
    assert Dossier.objects.get(pk=deux.pk).etat == Etat.PROPOSITION, "a key alone decides nothing"
    # In a field, a letter is a letter.
    page.get_by_text("Accordé avec réserve", exact=True).click()
    page.locator("#reserve").focus()
    clavier.type("d j ?")
    expect(page.locator("#reserve")).to_have_value("d j ?")
    expect(page.locator("#touches")).to_be_hidden()
    page.locator("#reserve").fill("")
    page.locator("#reserve").blur()
    clavier.press("k")
    expect(page.get_by_role("button", name="L’examiner")).to_be_visible()


def test_les_touches_se_disent_et_s_eteignent(ouvrir: Callable[..., Page]) -> None:
    monde = construire()
    un = depose(monde)
    page = entrer(ouvrir(), monde.emma)
    page.goto("/espace/dossiers/")
    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="Au clavier")).to_be_visible()
    page.get_by_label("Se servir de ces touches").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page.locator(f'a[href*="{un.reference}"]')).not_to_be_focused()
    page.reload()
    page.keyboard.press("?")
    expect(page.locator("#touches")).to_be_hidden()
    # The way back is a button, which no key has to open.
    page.get_by_role("button", name="Au clavier").click()
    page.get_by_label("Se servir de ces touches").check()
    page.get_by_role("button", name="Fermer").click()
    page.locator("h1").click()
    page.keyboard.press("j")
    expect(page.locator(f'a[href*="{un.reference}"]')).to_be_focused()
