"""Nothing typed is lost: the plug is pulled, and every key stroke is found again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from tests.dossiers.monde import Monde, brouillon, construire
from tests.navigateur.test_dossiers import entrer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page
    from pytest_django import Settings

pytestmark = pytest.mark.django_db(transaction=True)
SESSION: str = "Bordeaux, mars, le soir si possible"


@pytest.fixture
def monde(tmp_path: Path, settings: Settings) -> Monde:
    """The made-up world, with a shelf of its own."""
    settings.MEDIA_ROOT = tmp_path / "fichiers"
    return construire()


def pret(page: Page) -> Page:
    """Waits until the page keeps what is typed."""
    page.wait_for_selector("html[data-garde=prete]", state="attached")
    return page


def test_session_finie_puis_retrouvee(ouvrir: Callable[..., Page], monde: Monde) -> None:
    dossier = brouillon(monde)
    adresse = f"/espace/dossiers/{dossier.reference}/saisie/"
    page = entrer(ouvrir(bruits=["401"]), monde.alice)
    page.goto(adresse)
    pret(page)
    etat = page.locator("#etat-saisie [data-garde]")
    page.get_by_label("Session souhaitée").press_sequentially(SESSION[:10])
    expect(etat).to_have_text("Modifications non enregistrées.")
    page.keyboard.press("Tab")
    expect(etat).to_have_text(re.compile(r"Enregistré à \d\d:\d\d"))
    Session.objects.all().delete()
    page.get_by_label("Session souhaitée").fill(SESSION)
    page.keyboard.press("Tab")
    expect(page.get_by_role("alert")).to_contain_text("Votre session est terminée", timeout=1_500)
    expect(etat).to_have_text("Modifications non enregistrées.")
    expect(page.get_by_label("Session souhaitée")).to_have_value(SESSION)
    page.get_by_role("link", name="Me connecter").click()
    page.wait_for_url("**/connexion/?next=*")
    entrer(page, monde.alice)
    page.goto(adresse)
    expect(page.get_by_role("heading", name="Votre saisie vous attend")).to_be_visible()
    page.get_by_role("button", name="Reprendre").click()
    expect(page.get_by_label("Session souhaitée")).to_have_value(SESSION)
    expect(etat).to_have_text(re.compile(r"Enregistré à \d\d:\d\d"))
    dossier.refresh_from_db()
    assert dossier.session == SESSION
    page.reload()
    pret(page)
    expect(page.get_by_role("heading", name="Votre saisie vous attend")).to_have_count(0)
