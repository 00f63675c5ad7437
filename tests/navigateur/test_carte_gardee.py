"""What a phone keeps of cards: a draft that is counted, warned about, filed, and what signing out leaves of it."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from binome.livret.models import Appreciation
from tests.dossiers.monde import construire
from tests.livret.vie import Binome, former
from tests.navigateur.cartes import (
    COUPURE,
    adresse,
    carte,
    ouvrir_le_livret,
    parti,
    passer,
    pret,
    repondre,
    signer,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import APIResponse, Page, Route
    from pytest_django import Settings

pytestmark = pytest.mark.django_db(transaction=True)
ENVOIS: Final = "**/livret/*/envois/"
SIX_JOURS: Final = 6 * 86_400_000
LIGNES: Final = """async () => {
  const lire = (nom, rayon) => new Promise((oui) => {
    const demande = indexedDB.open(nom, 1);
    demande.onsuccess = () => { const lues = demande.result.transaction(rayon).objectStore(rayon).getAllKeys(); lues.onsuccess = () => { demande.result.close(); oui(lues.result); }; };
  });
  return { brouillons: (await lire("binome-brouillons", "brouillons")).map((un) => un.split("|")[2].split(":")[0]).sort(), partis: (await lire("binome-envois", "partis")).length };
}"""
VITE: Final = "const longue = AbortSignal.timeout.bind(AbortSignal); AbortSignal.timeout = (ms) => longue(Math.min(ms, 2000));"


@pytest.fixture
def binome(tmp_path: Path, settings: Settings) -> Binome:
    """Léa and Tara, with a shelf of their own, for six weeks."""
    settings.MEDIA_ROOT = tmp_path / "fichiers"
    binome = former(construire())
    binome.parcours.ouvert_le = timezone.now() - timedelta(weeks=6)
    binome.parcours.save()
    return binome


def _lignes(page: Page) -> dict[str, Any]:
    lues: dict[str, Any] = page.evaluate(LIGNES)
    return lues


def _sortir(page: Page) -> None:
    page.get_by_role("button", name="Votre menu").click()
    page.get_by_role("button", name="Se déconnecter").click()


@pytest.mark.long(8)
def test_une_carte_commencee_se_compte_s_annonce_et_se_garde_dans_un_fichier(
    ouvrir: Callable[..., Page], binome: Binome
) -> None:
    page = ouvrir(largeur=390, hors_ligne=True, bruits=COUPURE)
    page.context.clock.install()
    ouvrir_le_livret(page, binome)
    page.evaluate(
        "() => { window.demandes = 0; navigator.storage.persist = async () => { window.demandes += 1; return true; }; }"
    )
    repondre(page, 0)
    page.clock.fast_forward(1_000)
    expect(page.get_by_text("1 carte commencée ici et pas encore signée, depuis")).to_be_visible()
    assert page.evaluate("window.demandes") == 1
    page.clock.fast_forward(SIX_JOURS)
    page.goto("/espace/")
    expect(page.get_by_text("pas encore signée, depuis 6 jours")).to_be_visible()
    expect(page.get_by_text("signez, ou gardez un fichier")).to_be_visible()
    with page.expect_download() as telecharge:
        page.get_by_role("button", name="Garder un fichier").click()
    fichier = telecharge.value.path()
    assert len(json.loads(Path(fichier).read_text(encoding="utf-8"))["brouillons"]) == 1
    # Erased by the browser: the file gives it back.
    page.goto(adresse(binome))
    pret(page)
    page.evaluate("window.binome.brouillons.quitter(true)")
    page.reload()
    pret(page)
    expect(carte(page).locator("[data-combien]")).to_have_text("0 réponse sur 3")
    page.get_by_text("Reprendre un fichier").click()
    page.get_by_label("Le fichier gardé").set_input_files(fichier)
    expect(page.get_by_text("1 carte commencée reviendrait sur cet appareil.")).to_be_visible()
    page.get_by_role("button", name="Reprendre", exact=True).click()
    expect(carte(page).locator("[data-combien]")).to_have_text("1 réponse sur 3")
    assert not Appreciation.objects.exists()


@pytest.mark.long(9)
def test_se_deconnecter_dit_ce_qui_reste_et_n_en_laisse_rien_quand_rien_n_attend(
    ouvrir: Callable[..., Page], binome: Binome
) -> None:
    page = ouvrir_le_livret(
        ouvrir(largeur=390, hors_ligne=True, bruits=[*COUPURE, "Failed to load", "401"]), binome
    )
    repondre(page, 0)
    signer(page)
    parti(page)
    repondre(page, 1)
    expect(page.get_by_text("1 carte commencée ici")).to_be_visible()
    _sortir(page)
    alerte = page.get_by_role("alert")
    expect(alerte).to_contain_text("Une carte commencée et pas signée est gardée sur cet appareil")
    expect(alerte).to_contain_text("pour votre compte seulement")
    page.get_by_role("button", name="Garder et me déconnecter").click()
    page.wait_for_url(lambda url: "/livret/" not in url)
    assert _lignes(page) == {"brouillons": ["dits"], "partis": 0}
    # Back, it is there; then it goes because they say so.
    ouvrir_le_livret(page, binome)
    expect(carte(page).locator("[data-combien]")).to_have_text("2 réponses sur 3")
    _sortir(page)
    page.get_by_role("button", name="Effacer et me déconnecter").click()
    page.wait_for_url(lambda url: "/livret/" not in url)
    assert _lignes(page) == {"brouillons": [], "partis": 0}
    # Nothing begun, nothing waiting: nothing is asked, and nothing is left.
    ouvrir_le_livret(page, binome)
    expect(page.get_by_text("cet appareil ne garde rien de vos cartes")).to_be_visible()
    repondre(page, 1)
    signer(page)
    parti(page)
    _sortir(page)
    page.wait_for_url(lambda url: "/livret/" not in url)
    assert _lignes(page) == {"brouillons": [], "partis": 0}
    assert Appreciation.objects.count() == 2


@pytest.mark.long(8)
def test_un_envoi_trop_long_ne_retient_pas_les_autres(
    ouvrir: Callable[..., Page], binome: Binome
) -> None:
    """One week's card never gets its answer while the server answers all the rest: last week's leaves all the same."""
    page = ouvrir(largeur=390, hors_ligne=True, bruits=[*COUPURE, "Failed to load"])
    page.add_init_script(VITE)
    ouvrir_le_livret(page, binome)
    semaine = carte(page).locator("form[data-remplir]").get_attribute("data-semaine") or "?"
    page.context.set_offline(True)
    repondre(page, 0)
    signer(page)
    passee = page.locator("details[data-carte]").first
    passee.locator("summary").first.click()
    passee.locator("label", has_text="Avec aide").first.click()
    for mot in ("Signer", "Signer quand même"):
        passee.get_by_role("button", name=mot, exact=True).click()
    expect(page.get_by_text("2 envois en attente depuis")).to_be_visible()
    muets: list[Route] = []

    def retenir(route: Route) -> None:
        if f'"semaine":"{semaine}"' in (route.request.post_data or ""):
            muets.append(route)
        else:
            route.continue_()

    page.route(ENVOIS, retenir)
    page.context.set_offline(False)
    expect(page.get_by_text("1 envoi en attente depuis")).to_be_visible(timeout=30_000)
    assert len(muets) >= 2  # with the other, then alone
    assert Appreciation.objects.get().carte.semaine.isoformat() != semaine
    page.unroute(ENVOIS)
    page.evaluate("window.binome.envois.envoyer(true)")
    parti(page)
    assert Appreciation.objects.count() == 2


@pytest.mark.long(8)
def test_ce_qui_part_pendant_que_la_page_se_redemande_y_est_aussi(
    ouvrir: Callable[..., Page], binome: Binome
) -> None:
    """The page is asked for after the first signature, and its answer is late: the second signature, meanwhile, asks again."""
    page = ouvrir_le_livret(ouvrir(largeur=390, hors_ligne=True, bruits=COUPURE), binome)
    tenues: list[tuple[Route, APIResponse]] = []

    def tarder(route: Route) -> None:
        tenues.append((route, route.fetch()))
        if len(tenues) > 1:
            route.fulfill(response=tenues[-1][1])

    repondre(page, 0)
    page.route(f"**{adresse(binome)}", tarder)
    signer(page)
    parti(page)
    passer(page)
    parti(page)
    assert len(tenues) == 1
    route, reponse = tenues[0]
    route.fulfill(response=reponse)
    page.wait_for_timeout(100)
    # What the server knows, not only what left: it says by itself who signed.
    signes = carte(page).locator("li[data-signataire]", has_text="signé le")
    expect(signes).to_have_count(2)
    assert len(tenues) == 2
