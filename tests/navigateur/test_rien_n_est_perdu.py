"""Nothing typed is lost: the plug is pulled, and every key stroke is found again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import expect

from binome.comptes.acteur import Acteur
from binome.dossiers.services import ecrire_identite
from binome.messagerie.models import Mot
from tests.dossiers.monde import Monde, brouillon, construire, depose
from tests.echantillons import un_sur
from tests.navigateur.test_dossiers import entrer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page, Route
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
    expect(etat).to_have_text(re.compile(r"Enregistré à \d+.h(?:.\d\d)?"))
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
    # Given back by itself: the page had not changed under it.
    expect(page.get_by_role("heading", name="Votre saisie est revenue")).to_be_visible()
    expect(page.get_by_label("Session souhaitée")).to_have_value(SESSION)
    expect(etat).to_have_text(re.compile(r"Enregistré à \d+.h(?:.\d\d)?"))
    dossier.refresh_from_db()
    assert dossier.session == SESSION
    page.reload()
    pret(page)
    expect(page.locator(".reprise")).to_have_count(0)


def sans_envoi(page: Page) -> None:
    """What is typed stays in the browser: no sending passes."""
    page.route("**/saisie/", lambda route: route.abort() if route.request.method == "POST" else route.continue_())  # fmt: skip


def test_ce_qui_attend_survit_aux_enregistrements_et_ne_prend_pas_la_place(
    ouvrir: Callable[..., Page], monde: Monde
) -> None:
    """The page changed under what was kept: nothing is given back by itself, and no save destroys it."""
    dossier = brouillon(monde)
    page = entrer(ouvrir(bruits=["ERR_", "htmx:"]), monde.alice)
    page.goto(f"/espace/dossiers/{dossier.reference}/saisie/")
    pret(page)
    largeur = page.locator("#saisie").evaluate("un => un.getBoundingClientRect().width")
    sans_envoi(page)
    page.get_by_label("Employeur", exact=True).fill("Cabinet tapé sans réseau")
    page.keyboard.press("Tab")
    expect(page.get_by_role("alert")).to_contain_text("Le serveur ne répond pas")
    page.unroute("**/saisie/")
    ailleurs = Acteur(monde.alice)
    ecrire_identite(dossier, {"employeur": "Cabinet d’une autre main"}, ailleurs, version=dossier.version)  # fmt: skip
    page.reload()
    pret(page)
    boite = page.get_by_role("region", name="Votre saisie vous attend")
    expect(boite).to_contain_text("Cabinet d’une autre main")
    # Above the form, on the whole width: the form keeps its column.
    cadre, forme = boite.bounding_box(), page.locator("#saisie").bounding_box()
    assert cadre is not None
    assert forme is not None
    assert cadre["y"] + cadre["height"] <= forme["y"]
    assert cadre["height"] < 400
    assert abs(forme["width"] - largeur) < 2
    page.get_by_label("Session souhaitée").fill(SESSION)
    page.keyboard.press("Tab")
    expect(page.locator("#etat-saisie [data-garde]")).to_have_text(re.compile("^Enregistré à"))
    page.reload()
    pret(page)
    page.get_by_role("button", name="Reprendre").click()
    expect(page.get_by_label("Employeur", exact=True)).to_have_value("Cabinet tapé sans réseau")
    expect(page.get_by_label("Session souhaitée")).to_have_value(SESSION)


def test_une_reponse_perdue_se_dit_et_ne_double_rien(
    ouvrir: Callable[..., Page], monde: Monde
) -> None:
    """The message arrives, its answer does not: nothing says that it failed, and sending it again is no second one."""
    dossier = depose(monde)
    page = entrer(ouvrir(bruits=["ERR_", "Failed to load"]), monde.alice)
    page.goto(f"/espace/dossiers/{dossier.reference}/")
    pret(page)

    def perdre(route: Route) -> None:
        route.fetch()
        route.abort()

    page.get_by_text("Écrire un message").click()
    page.route("**/mots/", perdre)
    page.locator("#messages textarea").fill("Le contrat arrive.")
    page.locator("#messages button[type=submit]").click()
    alerte = page.get_by_role("alert")
    expect(alerte).to_contain_text("Nous ne savons pas si votre envoi est arrivé")
    assert Mot.objects.count() == 1
    page.unroute("**/mots/")
    page.reload()
    pret(page)
    expect(page.get_by_role("region", name="Votre saisie est revenue")).to_contain_text("Nous ne savons pas si c’est arrivé")  # fmt: skip
    page.locator("#messages button[type=submit]").click()
    expect(page.get_by_text("il n’y en a pas un second")).to_be_visible()
    assert Mot.objects.count() == 1


def test_un_autre_onglet_garde_ce_qu_il_tape(ouvrir: Callable[..., Page], monde: Monde) -> None:
    dossier = brouillon(monde)
    un = entrer(ouvrir(bruits=["ERR_", "htmx:"]), monde.alice)
    un.goto(f"/espace/dossiers/{dossier.reference}/saisie/")
    pret(un)
    un.get_by_label("Session souhaitée").press_sequentially("Bord")
    autre = un.context.new_page()
    autre.goto(un.url)
    pret(autre)
    expect(autre.get_by_label("Session souhaitée")).to_have_value("")
    expect(autre.get_by_role("button", name="Reprendre")).to_be_visible()


@pytest.mark.long(2)
def test_un_courriel_a_moitie_tape_n_arrete_pas_l_enregistrement(
    ouvrir: Callable[..., Page], monde: Monde
) -> None:
    """What the browser would refuse by itself is read by the server, and said at its field as one types."""
    dossier = brouillon(monde)
    page = entrer(ouvrir(), monde.alice)
    page.goto(f"/espace/dossiers/{dossier.reference}/saisie/")
    pret(page)
    etat = page.locator("#etat-saisie [data-garde]")
    courriel = page.get_by_label("Adresse électronique")
    courriel.fill("jean@")
    page.get_by_label("Session souhaitée").fill(SESSION)
    page.keyboard.press("Tab")
    expect(etat).to_have_text(re.compile("^Enregistré à .*, sauf ce qui est à corriger"))
    dossier.refresh_from_db()
    assert dossier.session == SESSION
    expect(courriel).to_have_attribute("aria-invalid", "true")
    faute = page.locator("#id_courriel_error")
    expect(faute).to_have_text("Une adresse s’écrit nom@domaine.fr.")
    assert "id_courriel_error" in (courriel.get_attribute("aria-describedby") or "").split()
    courriel.fill("jean@exemple.invalid")
    page.keyboard.press("Tab")
    expect(etat).to_have_text(re.compile(r"^Enregistré à \d+.h(?:.\d\d)?\.$"))
    expect(faute).to_have_count(0)
    assert courriel.get_attribute("aria-invalid") is None


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
    expect(etat).to_have_text(
        re.compile(r"^Enregistré à \d+.h(?:.\d\d)?, sauf ce qui est à corriger")
    )
    expect(etat).to_be_in_viewport()
    page.get_by_label("Session souhaitée").press_sequentially("Pau")
    expect(etat).to_have_text("Modifications non enregistrées.")


@pytest.mark.long(2)
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


@pytest.mark.parametrize(
    ("champ", "tape", "raison"),
    un_sur(
        4,
        [
            ("Adresse électronique", "jean@", "Une adresse s’écrit nom@domaine.fr."),
            ("Combien de mois", "-3", "est négatif"),
            ("Combien de mois", "9999", "trop grand"),
            ("Combien de mois", "2,5", "a une virgule"),
        ],
        0.7,
    ),
)
def test_un_champ_refuse_n_arrete_pas_les_autres(
    ouvrir: Callable[..., Page], monde: Monde, champ: str, tape: str, raison: str
) -> None:
    dossier = brouillon(monde)
    page = entrer(ouvrir(), monde.alice)
    page.goto(f"/espace/dossiers/{dossier.reference}/saisie/")
    pret(page)
    etat = page.locator("#etat-saisie [data-garde]")
    visee = (
        page.get_by_label(champ)
        if champ.startswith("Adresse")
        else page.locator("#champ-experience_secretaire_mois")
    )
    for pli in page.locator("details.detail").all():
        pli.evaluate("un => un.open = true")
    visee.fill(tape)
    page.keyboard.press("Tab")
    expect(page.locator("#saisie .erreur")).to_contain_text(raison, timeout=3_000)
    expect(visee).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Session souhaitée").fill(SESSION)
    page.keyboard.press("Tab")
    expect(etat).to_have_text(
        re.compile(r"^Enregistré à \d+.h(?:.\d\d)?, sauf ce qui est à corriger")
    )
    dossier.refresh_from_db()
    assert dossier.session == SESSION
    # The bad one stays in the browser: the page comes back with it.
    page.reload()
    pret(page)
    expect(visee).to_have_value(tape)
    visee.fill("lea@exemple.fr" if champ.startswith("Adresse") else "24 mois")
    page.keyboard.press("Tab")
    expect(page.locator("#saisie .erreur")).to_have_count(0)
    expect(etat).to_have_text(re.compile(r"^Enregistré à \d+.h(?:.\d\d)?\.$"))


def test_une_date_a_moitie_tapee_n_efface_rien(ouvrir: Callable[..., Page], monde: Monde) -> None:
    dossier = brouillon(monde)
    avant = dossier.naissance
    assert avant is not None
    page = entrer(ouvrir(), monde.alice)
    page.goto(f"/espace/dossiers/{dossier.reference}/saisie/")
    pret(page)
    etat = page.locator("#etat-saisie [data-garde]")
    page.get_by_label("Date de naissance").focus()
    page.keyboard.press("Backspace")  # one part of it: the day or the month is no longer there
    page.get_by_label("Session souhaitée").fill(SESSION)
    page.keyboard.press("Tab")
    expect(etat).to_have_text(
        re.compile(r"^Enregistré à \d+.h(?:.\d\d)?, sauf ce qui est à corriger")
    )
    expect(page.locator("#id_naissance_error")).to_contain_text("n’est pas complète")
    dossier.refresh_from_db()
    assert (dossier.session, dossier.naissance) == (SESSION, avant)
    page.get_by_role("button", name="Déposer le dossier").click()
    expect(page.get_by_label("Date de naissance")).to_be_focused()
    dossier.refresh_from_db()
    assert (dossier.etat, dossier.naissance) == ("brouillon", avant)
