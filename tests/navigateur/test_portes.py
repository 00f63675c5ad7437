"""The door in a real browser: a second factor set up and used, then a passkey alone."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from binome.comptes.facteurs import poser_application
from binome.comptes.services import creer_organisation, donner_role
from tests.comptes.application import code
from tests.dossiers.monde import personne
from tests.navigateur.test_dossiers import entrer as session
from tests.navigateur.test_pages import AXE, _regarder

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from binome.comptes.models import Personne

pytestmark = pytest.mark.django_db(transaction=True)
MOT_DE_PASSE: Final = "une phrase d’essai assez longue"


@pytest.fixture
def eva() -> Personne:
    """An examiner who has a password and nothing else yet."""
    cache.clear()
    eva = personne("eva")
    eva.set_password(MOT_DE_PASSE)
    eva.save()
    donner_role(
        eva, creer_organisation("branche", "Branche d’exemple", exemple=True), "examinateur"
    )
    donner_role(eva, creer_organisation("organisme", "Organisme A", exemple=True), "gestionnaire")
    return eva


def examiner(page: Page) -> None:
    """The page holds on a phone and on a desk, in both lights."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert not [*_regarder(page, 390, "dark"), *_regarder(page, 1280, "light")], page.url
    if dossier := os.environ.get("BINOME_PHOTOS"):
        nom = re.sub(r"\W+", "-", page.url.split("/", 3)[3].split("?")[0]).strip("-")
        for largeur in (1280, 390):
            page.set_viewport_size({"width": largeur, "height": 900})
            page.screenshot(path=f"{dossier}/{nom}-{largeur}.png", full_page=True)


def entrer(page: Page, eva: Personne) -> None:
    page.goto("/compte/connexion/?next=/espace/")
    page.get_by_label("Adresse électronique").fill(eva.courriel)
    page.get_by_label("Mot de passe").fill(MOT_DE_PASSE)
    page.get_by_role("button", name="Se connecter").click()


def sortir(page: Page) -> None:
    page.goto("/compte/deconnexion/")
    page.get_by_role("main").get_by_role("button", name="Se déconnecter").last.click()
    expect(page).not_to_have_url(re.compile("deconnexion"))


@pytest.mark.long(8)
def test_un_second_facteur_se_pose_puis_une_cle_suffit(
    ouvrir: Callable[..., Page], eva: Personne
) -> None:
    page = ouvrir()
    page.goto("/compte/connexion/")
    examiner(page)
    entrer(page, eva)
    expect(page).to_have_url(re.compile("/compte/securite/$"))
    expect(page.get_by_text("Votre rôle demande un second facteur")).to_be_visible()
    examiner(page)
    page.get_by_role("link", name="Ajouter une application de codes").click()
    examiner(page)
    page.get_by_label("mot de passe").fill(MOT_DE_PASSE)
    page.get_by_role("button", name="Confirmer").click()
    secret = page.locator("#secret").input_value()
    examiner(page)
    page.get_by_label("Code affiché par l’application").fill(code(secret))
    page.get_by_role("button", name="Ajouter l’application").click()
    expect(page.get_by_text("il en reste 10 sur 10")).to_be_visible()
    examiner(page)
    page.goto("/espace/")
    expect(page.get_by_role("heading", name="Ce qui vous attend")).to_be_visible()
    examiner(page)
    page.goto("/compte/organisations/")
    examiner(page)
    page.get_by_role("link", name="Organisme A").click()
    examiner(page)

    sortir(page)
    entrer(page, eva)
    expect(page).to_have_url(re.compile("/compte/securite/code/"))
    examiner(page)
    page.get_by_label("Code", exact=True).fill(code(secret))
    page.get_by_role("button", name="Continuer").click()
    expect(page).to_have_url(re.compile("/espace/$"))

    # A passkey of the machine, that Chromium plays.
    machine = page.context.new_cdp_session(page)
    machine.send("WebAuthn.enable")
    machine.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    page.goto("/compte/securite/cles/ajouter/")
    if "confirmer" in page.url:
        page.get_by_label("mot de passe").fill(MOT_DE_PASSE)
        page.get_by_role("button", name="Confirmer").click()
    page.get_by_label("Me connecter avec cette clé seule").check()
    examiner(page)
    page.get_by_role("button", name="Ajouter cette clé").click()
    expect(page).to_have_url(re.compile("/compte/securite/$"))
    page.goto("/compte/securite/cles/")
    expect(page.get_by_text("Ma clé")).to_be_visible()
    examiner(page)
    sortir(page)
    page.goto("/compte/connexion/")
    page.get_by_role("button", name="Utiliser une clé d’accès").click()
    expect(page).to_have_url(re.compile("/espace/$"))


@pytest.mark.long(8)
def test_le_regard_se_voit_sur_chaque_page_et_se_ferme(ouvrir: Callable[..., Page]) -> None:
    aide = creer_organisation("soutien", "Aide d’exemple", exemple=True)
    sam = personne("sam")
    donner_role(sam, aide, "soutien")
    poser_application(sam)
    zoe = personne("zoe")
    page = ouvrir()
    session(page, sam)
    page.goto("/compte/organisations/")
    examiner(page)
    page.get_by_label("Son adresse électronique").fill(zoe.courriel)
    page.get_by_label("Pourquoi regarder").fill("Elle ne retrouve pas son dossier.")
    page.get_by_role("button", name="Regarder").click()
    # Where the click leads is seen first: of two pages asked for at once, one is lost.
    expect(page.get_by_role("button", name="Cesser de regarder")).to_be_visible()
    for adresse in ("/espace/", "/espace/dossiers/"):
        page.goto(adresse)
        expect(page.get_by_text("Vous regardez à la place de Zoe Exemple")).to_be_visible()
    examiner(page)
    page.get_by_role("button", name="Cesser de regarder").click()
    expect(page.get_by_text("Vous ne regardez plus à la place de personne.")).to_be_visible()
    page.goto("/espace/")
    expect(page.get_by_text("Vous regardez à la place")).to_have_count(0)
