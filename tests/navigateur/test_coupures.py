"""The plug is pulled at ten moments of a filing: every key stroke is found again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import expect

from binome.comptes.services import donner_role
from binome.dossiers.etats import Etat
from tests.dossiers.monde import Monde, brouillon, construire
from tests.imports.tableau import ligne_de, xlsx
from tests.navigateur.conftest import CHROMIUM, DRAPEAUX
from tests.navigateur.coupures import Prise, tuer_le_navigateur
from tests.navigateur.test_dossiers import entrer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Route
    from pytest_django import Settings
    from pytest_django.live_server_helper import LiveServer

    from binome.comptes.models import Personne
    from binome.dossiers.models import Dossier

pytestmark = pytest.mark.django_db(transaction=True)
BRUITS: Final = ("401", "403", "422", "Failed to load resource", "ERR_", "htmx:")
TAPES: Final = {
    "Téléphone": "06 12 34 56 78",
    "Son SIRET ou son RPPS": "732 829 320 00074",
    "Session souhaitée": "Bordeaux, mars, « le soir » si possible",
}
"""What is typed in each test, with a date and a box besides."""


@pytest.fixture
def monde(tmp_path: Path, settings: Settings) -> Monde:
    """The made-up world, with a shelf of its own, and a colleague of Alice's."""
    settings.MEDIA_ROOT = tmp_path / "fichiers"
    monde = construire()
    donner_role(monde.bob, monde.organisme, "gestionnaire")
    return monde


@pytest.fixture
def prise(live_server: LiveServer) -> Iterator[Prise]:
    """The plug, in its place at the end."""
    prise = Prise(live_server)
    yield prise
    prise.remettre()


def adresse_de(dossier: Dossier) -> str:
    return f"/espace/dossiers/{dossier.reference}/saisie/"


def aller(page: Page, dossier: Dossier) -> Page:
    """The form, once the page keeps what is typed."""
    page.goto(adresse_de(dossier))
    page.wait_for_selector("html[data-garde=prete]", state="attached")
    return page


def taper(page: Page) -> None:
    """Types without leaving the last field: nothing of it is sent yet."""
    page.locator('input[name="date_entree"]').fill("2026-04-13")
    page.get_by_label("CDD", exact=True).check()
    for nom, texte in TAPES.items():
        page.get_by_label(nom).fill(texte[:-1])
    page.get_by_label("Session souhaitée").press("End")
    page.keyboard.type(TAPES["Session souhaitée"][-1])
    for nom, texte in TAPES.items():
        page.get_by_label(nom).fill(texte)


def est_la(page: Page) -> None:
    """Every key stroke is in its field."""
    for nom, texte in TAPES.items():
        expect(page.get_by_label(nom)).to_have_value(texte)
    expect(page.locator('input[name="date_entree"]')).to_have_value("2026-04-13")
    expect(page.get_by_label("CDD", exact=True)).to_be_checked()


def reprendre(page: Page) -> None:
    """What the browser kept is given back by itself, all of it."""
    expect(page.get_by_role("heading", name="Votre saisie est revenue")).to_be_visible()
    est_la(page)


def est_enregistre(page: Page, dossier: Dossier) -> None:
    """The page says so, and the base has it."""
    expect(page.locator("#etat-saisie [data-garde]")).to_have_text(re.compile("^Enregistré à"))
    dossier.refresh_from_db()
    assert dossier.telephone == TAPES["Téléphone"]
    assert dossier.session == TAPES["Session souhaitée"]
    assert dossier.employeur_identifiant == "73282932000074"


def ne_rien_envoyer(route: Route) -> None:
    """What is typed goes no further than the browser."""
    if route.request.method == "POST":
        route.abort()
    else:
        route.continue_()


def sa_page(ouvrir: Callable[..., Page], qui: Personne) -> Page:
    return entrer(ouvrir(bruits=BRUITS), qui)


@pytest.mark.long(6)
def test_1_hors_ligne(ouvrir: Callable[..., Page], monde: Monde) -> None:
    dossier = brouillon(monde)
    page = aller(sa_page(ouvrir, monde.alice), dossier)
    page.context.set_offline(True)
    taper(page)
    expect(page.get_by_role("alert")).to_contain_text("Internet ne répond plus", timeout=1_500)  # fmt: skip
    est_la(page)
    page.context.set_offline(False)
    est_enregistre(page, dossier)
    expect(page.get_by_role("alert")).to_have_count(0)


@pytest.mark.long(12)
def test_2_serveur_arrete_puis_revenu(
    ouvrir: Callable[..., Page], monde: Monde, prise: Prise
) -> None:
    dossier = brouillon(monde)
    page = aller(sa_page(ouvrir, monde.alice), dossier)
    prise.tirer()
    taper(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("alert")).to_contain_text("Le serveur ne répond pas", timeout=1_500)
    prise.remettre()
    est_enregistre(page, dossier)
    est_la(page)


@pytest.mark.long(5)
def test_3_session_effacee(ouvrir: Callable[..., Page], monde: Monde) -> None:
    dossier = brouillon(monde)
    page = aller(sa_page(ouvrir, monde.alice), dossier)
    Session.objects.all().delete()
    taper(page)
    page.keyboard.press("Tab")
    page.get_by_role("link", name="Me connecter").click()
    page.wait_for_url("**/compte/connexion/?next=*")
    aller(entrer(page, monde.alice), dossier)
    reprendre(page)
    est_enregistre(page, dossier)


@pytest.mark.long(6)
def test_4_un_autre_compte(ouvrir: Callable[..., Page], monde: Monde) -> None:
    dossier = brouillon(monde)
    page = aller(sa_page(ouvrir, monde.alice), dossier)
    autre = page.context.new_page()
    entrer(autre, monde.bob)
    taper(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("alert")).to_contain_text("Un autre compte", timeout=1_500)
    est_la(page)
    dossier.refresh_from_db()
    assert dossier.session == ""
    # Who came after is offered nothing of it, and cannot read it where it lies.
    aller(autre, dossier)
    expect(autre.locator(".reprise")).to_have_count(0)
    garde = autre.evaluate(
        """async () => { const d = await new Promise((oui) => { const r = indexedDB.open("binome"); r.onsuccess = () => oui(r.result); });
        const t = await new Promise((oui) => { const r = d.transaction("saisies").objectStore("saisies").getAll(); r.onsuccess = () => oui(r.result); });
        return t.map((un) => new TextDecoder().decode(un.couvert)).join() }"""
    )
    assert garde
    assert "Bordeaux" not in garde
    autre.close()
    aller(entrer(page, monde.alice), dossier)
    reprendre(page)
    est_enregistre(page, dossier)


@pytest.mark.long(5)
def test_5_onglet_ferme(ouvrir: Callable[..., Page], monde: Monde) -> None:
    dossier = brouillon(monde)
    page = aller(sa_page(ouvrir, monde.alice), dossier)
    page.route("**/saisie/", ne_rien_envoyer)
    taper(page)
    page.close()
    suivante = aller(page.context.new_page(), dossier)
    reprendre(suivante)
    est_enregistre(suivante, dossier)


@pytest.mark.long(5)
def test_6_en_arriere(ouvrir: Callable[..., Page], monde: Monde) -> None:
    dossier = brouillon(monde)
    page = sa_page(ouvrir, monde.alice)
    page.goto("/espace/")
    aller(page, dossier)
    page.route("**/saisie/", ne_rien_envoyer)
    taper(page)
    page.go_back()
    page.wait_for_url("**/espace/")
    page.unroute("**/saisie/")
    page.go_forward()
    page.wait_for_url("**/saisie/")
    page.wait_for_load_state()
    est_la(page)


@pytest.mark.long(12)
def test_7_navigateur_tue(
    navigateur: Browser, monde: Monde, live_server: LiveServer, tmp_path: Path
) -> None:
    dossier, profil = brouillon(monde), tmp_path / "profil"

    def ouvrir_le_profil() -> Page:
        contexte = navigateur.browser_type.launch_persistent_context(
            profil,
            executable_path=CHROMIUM,
            args=DRAPEAUX,
            base_url=str(live_server),
            locale="fr-FR",
        )
        return entrer(contexte.pages[0], monde.alice)

    page = aller(ouvrir_le_profil(), dossier)
    page.context.set_offline(True)
    taper(page)
    page.wait_for_timeout(300)
    tuer_le_navigateur(profil)
    page = aller(ouvrir_le_profil(), dossier)
    reprendre(page)
    est_enregistre(page, dossier)
    page.context.close()


@pytest.mark.long(12)
def test_8_pendant_l_enregistrement(
    ouvrir: Callable[..., Page], monde: Monde, prise: Prise
) -> None:
    dossier = brouillon(monde)
    page = aller(sa_page(ouvrir, monde.alice), dossier)

    def couper(route: Route) -> None:
        """The request leaves, and its answer never comes."""
        if route.request.method == "POST":
            prise.tirer()
        route.continue_()

    page.route("**/saisie/", couper)
    page.get_by_label("Téléphone").fill("06 12")
    page.keyboard.press("Tab")
    expect(page.get_by_role("alert")).to_contain_text("Le serveur ne répond pas", timeout=2_500)
    page.unroute("**/saisie/")
    taper(page)
    prise.remettre()
    est_enregistre(page, dossier)
    est_la(page)


@pytest.mark.long(12)
def test_9_pendant_l_envoi_d_un_fichier(
    ouvrir: Callable[..., Page], monde: Monde, prise: Prise
) -> None:
    page = sa_page(ouvrir, monde.alice)
    page.goto("/espace/imports/")
    page.wait_for_selector("html[data-garde=prete]", state="attached")
    fichier: Any = {"name": "candidats.xlsx", "mimeType": "", "buffer": xlsx(ligne_de(1))}
    champ = page.locator('input[type="file"]')
    champ.set_input_files(fichier)
    prise.tirer()
    page.get_by_role("button", name="Envoyer et vérifier").click()
    expect(page.get_by_role("alert")).to_contain_text("Le serveur ne répond pas", timeout=1_500)
    assert champ.evaluate("un => un.files[0].name") == "candidats.xlsx"
    prise.remettre()
    page.get_by_role("button", name="Envoyer de nouveau").click(timeout=10_000)
    page.wait_for_url(re.compile(r"/espace/imports/\d+/"))
    expect(page.get_by_text("Organisme A · 1 ligne")).to_be_visible()
    # A file alone is no typing: whoever comes back is offered nothing that could not be given back.
    page.goto("/espace/imports/")
    page.wait_for_selector("html[data-garde=prete]", state="attached")
    champ.set_input_files(fichier)
    page.reload()
    page.wait_for_selector("html[data-garde=prete]", state="attached")
    expect(page.get_by_text("Votre saisie")).to_have_count(0)


@pytest.mark.long(12)
def test_10_pendant_le_depot(ouvrir: Callable[..., Page], monde: Monde, prise: Prise) -> None:
    dossier = brouillon(monde)
    page = aller(sa_page(ouvrir, monde.alice), dossier)
    taper(page)
    prise.tirer()
    page.get_by_role("button", name="Déposer le dossier").click()
    expect(page.get_by_role("alert")).to_contain_text("Le serveur ne répond pas", timeout=2_000)
    est_la(page)
    prise.remettre()
    page.get_by_role("button", name="Envoyer de nouveau").click(timeout=10_000)
    expect(page.get_by_text("Le dossier est déposé. La branche l’examine.")).to_be_visible()
    dossier.refresh_from_db()
    assert dossier.etat == Etat.DEPOSE
    assert dossier.session == TAPES["Session souhaitée"]
    assert Client().get("/sante/").status_code == 200
