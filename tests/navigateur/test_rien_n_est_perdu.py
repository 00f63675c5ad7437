"""Nothing typed is lost: the plug is pulled, and every key stroke is found again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
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


def test_deux_onglets_ne_s_ecrasent_pas_sans_demander(
    ouvrir: Callable[..., Page], monde: Monde
) -> None:
    dossier = brouillon(monde)
    adresse = f"/espace/dossiers/{dossier.reference}/saisie/"
    un = entrer(ouvrir(), monde.alice)
    un.goto(adresse)
    autre = un.context.new_page()
    for page in (un, autre):
        page.goto(adresse)
        pret(page)
    for page, session in ((un, "Pau, mai"), (autre, "Bordeaux, juin")):
        page.get_by_label("Téléphone").fill("06 12 34 56 78") if page is un else None
        page.get_by_label("Session souhaitée").fill(session)
        page.keyboard.press("Tab")
        etat = page.locator("#etat-saisie [data-garde]")
        expect(etat).to_have_text(re.compile("^Enregistré à" if page is un else "^Modif"))
    # Only what both wrote is asked about; the field that one left alone follows the base.
    choix = autre.locator("fieldset.ecart-de-saisie:visible")
    expect(choix).to_have_count(1)
    expect(choix).to_contain_text("Bordeaux, juin")
    expect(choix).to_contain_text("Pau, mai")
    # Typing on overwrites nothing while nothing is chosen.
    autre.get_by_label("Session souhaitée").fill("Bordeaux, juillet")
    autre.keyboard.press("Tab")
    expect(choix).to_contain_text("Bordeaux, juillet")
    dossier.refresh_from_db()
    assert dossier.session == "Pau, mai"
    choix.get_by_label("Vous avez tapé").check()
    autre.get_by_role("button", name="Enregistrer mon choix").click()
    expect(choix).to_have_count(0)
    expect(autre.get_by_label("Session souhaitée")).to_have_value("Bordeaux, juillet")
    dossier.refresh_from_db()
    assert (dossier.session, dossier.telephone) == ("Bordeaux, juillet", "06 12 34 56 78")


@pytest.mark.parametrize(
    "script", [True, pytest.param(False, marks=pytest.mark.long(3))], ids=["script", "sans"]
)
def test_un_formulaire_refuse_revient_entier_et_mene_a_ses_champs(
    ouvrir: Callable[..., Page], monde: Monde, script: bool
) -> None:
    dossier = brouillon(monde)
    page = entrer_sans_script(ouvrir(script=script, bruits=["422"]), monde)
    page.goto(f"/espace/dossiers/{dossier.reference}/employeur/")
    page.get_by_label("SIRET ou RPPS").fill("123")
    page.get_by_label("Son temps de travail").fill("mi-temps thérapeutique")
    page.get_by_label("Adresse électronique de l’employeur").fill("cabinet@exemple.fr")
    page.get_by_role("button", name="Associer l’employeur").click()
    resume = page.locator(".resume-des-fautes")
    expect(resume).to_be_focused()
    expect(resume.get_by_role("link")).to_have_count(2)
    resume.get_by_role("link", name="Son temps de travail").click()
    champ = page.get_by_label("Son temps de travail")
    expect(champ).to_be_focused()
    expect(champ).to_have_value("mi-temps thérapeutique")
    expect(champ).to_have_attribute("aria-invalid", "true")
    decrit = (champ.get_attribute("aria-describedby") or "").split()
    assert "id_part_error" in decrit
    expect(page.get_by_label("Adresse électronique de l’employeur")).to_have_value("cabinet@exemple.fr")  # fmt: skip


def entrer_sans_script(page: Page, monde: Monde) -> Page:
    """The session of Alice, in a window that may run no script."""
    client = Client()
    client.force_login(monde.alice)
    page.goto("/compte/connexion/")
    racine = "/".join(page.url.split("/")[:3])
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": racine}])
    return page


def test_une_date_collee_se_lit(ouvrir: Callable[..., Page], monde: Monde) -> None:
    dossier = brouillon(monde)
    page = entrer(ouvrir(), monde.alice)
    page.goto(f"/espace/dossiers/{dossier.reference}/saisie/")
    pret(page)
    champ = page.get_by_label("Date de naissance")
    coller: str = "(un, texte) => { const quoi = new DataTransfer(); quoi.setData('text', texte); un.dispatchEvent(new ClipboardEvent('paste', {clipboardData: quoi, bubbles: true, cancelable: true})); }"  # fmt: skip
    for texte in ("15/01/1987", "15 janvier 1987", "1987-01-15", "15.01.87", "\u200b15\u00a0janv. 1987"):  # fmt: skip
        champ.fill("1990-01-01")
        champ.evaluate(coller, texte)
        expect(champ).to_have_value("1987-01-15")
    champ.evaluate(coller, "un jour de mai")
    expect(page.get_by_role("alert")).to_contain_text("« un jour de mai » n’est pas un jour")
    expect(champ).to_have_value("1987-01-15")


def test_sur_un_telephone_ce_qui_est_refuse_se_dit(
    ouvrir: Callable[..., Page], monde: Monde
) -> None:
    dossier = brouillon(monde)
    page = entrer(ouvrir(largeur=390), monde.alice)
    page.goto(f"/espace/dossiers/{dossier.reference}/saisie/")
    pret(page)
    etat = page.locator("#etat-saisie [data-garde]")
    page.get_by_label("Son SIRET ou son RPPS").fill("73282932000075")
    page.keyboard.press("Tab")
    expect(etat).to_have_text(re.compile(r"^Enregistré à \d\d:\d\d, sauf ce qui est à corriger"))
    expect(etat).to_be_in_viewport()
    page.get_by_label("Session souhaitée").press_sequentially("Pau")
    expect(etat).to_have_text("Modifications non enregistrées.")


def test_sur_un_telephone_l_etat_et_le_conflit_se_voient(
    ouvrir: Callable[..., Page], monde: Monde
) -> None:
    dossier = brouillon(monde)
    un = entrer(ouvrir(largeur=390), monde.alice)
    autre = un.context.new_page()
    for page in (un, autre):
        page.goto(f"/espace/dossiers/{dossier.reference}/saisie/")
        pret(page)
    for page, session in ((un, "Pau"), (autre, "Bordeaux")):
        page.get_by_label("Session souhaitée").fill(session)
        page.keyboard.press("Tab")
        etat = page.locator("#etat-saisie [data-garde]")
        expect(etat).to_have_text(re.compile("^Enregistré à" if page is un else "^Modif"))
        expect(etat).to_be_in_viewport()
    autre.get_by_role("button", name="Choisir ce qui reste").click()
    expect(autre.locator(".ecarts")).to_be_in_viewport()
