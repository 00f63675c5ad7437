"""Deciding in a browser: the answer moves as one ticks, each issue has its reasons, a refusal leads to its field."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from binome.dossiers.models import Decision
from tests.dossiers.monde import construire, propose
from tests.navigateur.test_dossiers import entrer

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)
OFFERTES = (
    "[...document.querySelectorAll('#raison option')]"
    ".filter((un) => un.value && getComputedStyle(un).display !== 'none').map((un) => un.value)"
)


def test_la_reponse_bouge_les_raisons_suivent_et_le_refus_mene_au_champ(
    ouvrir: Callable[..., Page],
) -> None:
    monde = construire()
    dossier = propose(monde)
    page = entrer(ouvrir(bruits=("422",)), monde.emma)
    page.goto(f"/espace/dossiers/{dossier.reference}/")
    calculee = page.locator("#reponse-calculee")
    page.get_by_text("Changer la voie, une dispense ou les heures").click()
    page.get_by_label("Secrétariat médical").uncheck()
    expect(calculee).to_contain_text("279\N{NARROW NO-BREAK SPACE}h")
    assert "equivalence" in page.evaluate(OFFERTES)
    assert "sans_employeur" not in page.evaluate(OFFERTES)
    page.get_by_label("Secrétariat médical").check()
    expect(calculee).not_to_contain_text("Avec ce choix")
    page.get_by_label("Les heures de formation, si vous les fixez").press_sequentially("100 h")
    expect(calculee).to_contain_text("115")
    page.get_by_label("Les heures de formation, si vous les fixez").fill("")
    page.get_by_text("Refusé", exact=True).click()
    assert "sans_employeur" in page.evaluate(OFFERTES)
    assert "equivalence" not in page.evaluate(OFFERTES)
    assert not Decision.objects.exists()
    page.get_by_role("button", name="Décider", exact=True).click()
    page.get_by_role("alert").get_by_role("link", name="dites pourquoi").click()
    expect(page.locator("#raison")).to_be_in_viewport()
    expect(page.locator("#raison")).to_have_attribute("aria-invalid", "true")
