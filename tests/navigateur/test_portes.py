"""The doors in a real browser: a code of an application, then a passkey alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from binome.comptes.services import creer_organisation, donner_role
from tests.comptes.test_portes import CONNEXION, MOT_DE_PASSE, code
from tests.dossiers.monde import personne
from tests.navigateur.test_pages import AXE, _regarder

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)
TELEPHONE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def lire(page: Page) -> list[str]:
    """What is wrong with the page for who cannot see it, or sees it on a phone."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    return [f"{page.url} {un}" for un in _regarder(page, 390, "light")]


def test_la_branche_pose_un_code_puis_une_cle(ouvrir: Callable[..., Page]) -> None:
    cache.clear()
    eva = personne("eva", password=MOT_DE_PASSE)
    donner_role(eva, creer_organisation("branche", "Branche d’exemple"), "examinateur")
    page, fautes = ouvrir(largeur=390), []
    page.goto(CONNEXION)
    fautes += lire(page)
    page.get_by_label("Adresse électronique").fill(eva.courriel)
    page.get_by_label("Mot de passe").fill(MOT_DE_PASSE)
    page.get_by_role("button", name="Se connecter").click()
    expect(page.get_by_text("Votre rôle demande un second facteur.")).to_be_visible()
    fautes += lire(page)
    page.get_by_role("link", name="Ajouter une application de codes").click()
    page.get_by_label("Votre mot de passe actuel").fill(MOT_DE_PASSE)
    page.get_by_role("button", name="Confirmer").click()
    fautes += lire(page)
    secret = page.locator("#secret").input_value()
    page.get_by_label("Code affiché par l’application").fill(code(secret))
    page.get_by_role("button", name="Ajouter l’application").click()
    expect(page.get_by_role("heading", name="Vos codes de secours")).to_be_visible()
    fautes += lire(page)

    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": TELEPHONE})
    page.goto("/compte/securite/cles/ajouter/")
    page.get_by_label("Me connecter avec cette clé seule").check()
    page.get_by_role("button", name="Ajouter cette clé").click()
    expect(page.get_by_text("1 clé.")).to_be_visible()
    page.goto("/espace/")
    page.get_by_role("button", name="Se déconnecter").click()
    page.goto(CONNEXION)
    page.get_by_role("button", name="Utiliser une clé d’accès").click()
    expect(page).to_have_url(re.compile("/espace/$"))
    assert not fautes, "\n".join(fautes)
