"""What the card says as one signs it: what has no answer, what the other signs, what is not sent yet, what is to be signed again."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from binome.livret.etats import EtatDeSignatureDeCarte
from binome.livret.models import Appreciation, SignatureDeCarte
from tests.dossiers.monde import construire
from tests.livret.vie import Binome, former
from tests.navigateur.cartes import (
    COUPURE,
    carte,
    ouvrir_le_livret,
    parti,
    passer,
    phrase,
    pret,
    repondre,
    signer,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page, Route
    from pytest_django import Settings

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def binome(tmp_path: Path, settings: Settings) -> Binome:
    """Léa and Tara, with a shelf of their own, for six weeks."""
    settings.MEDIA_ROOT = tmp_path / "fichiers"
    binome = former(construire())
    binome.parcours.ouvert_le = timezone.now() - timedelta(weeks=6)
    binome.parcours.save()
    return binome


@pytest.fixture
def page(ouvrir: Callable[..., Page], binome: Binome) -> Page:
    """Léa's phone, which knows the page."""
    return ouvrir_le_livret(
        ouvrir(largeur=390, hors_ligne=True, bruits=[*COUPURE, "Failed to load"]), binome
    )


@pytest.mark.long(6)
def test_deux_reponses_sur_trois_se_signent_en_le_sachant(page: Page) -> None:
    """Asked once; the other reads what they sign; what both signed is changed only by who knows that both sign again."""
    repondre(page, 0, "Sans aide")
    repondre(page, 1, "Avec aide")
    phrase(page, 1).fill("Le plateau.")
    bouton = carte(page).locator("[data-signer]")
    bouton.click()
    faute = carte(page).locator("[data-faute]")
    expect(faute).to_contain_text("Une compétence n’a pas de réponse.")
    bouton.click()
    expect(carte(page).locator("[data-combien]")).to_have_text("C’est signé de votre côté.")
    expect(faute).to_be_hidden()
    parti(page)
    carte(page).get_by_role("button", name="Passez le téléphone").click()
    lignes = page.locator("#signer .signer-rappel li")
    expect(lignes).to_have_count(3)
    for rang, mot in enumerate(("Sans aide", "Avec aide « Le plateau. »", "Pas de réponse")):
        expect(lignes.nth(rang)).to_contain_text(mot)
    page.locator("#signer").get_by_role("button", name="Annuler").click()
    passer(page)
    parti(page)
    expect(carte(page).locator("[data-etat]")).to_have_text("Signée par les deux")
    repondre(page, 0, "Vu")
    dites = carte(page).locator("[data-dites]")
    expect(dites).to_contain_text("vous la signerez de nouveau tous les deux")
    dites.get_by_role("button", name="Annuler").click()
    expect(dites).to_be_hidden()
    premiere = carte(page).locator("fieldset").first
    expect(premiere.get_by_role("radio", name="Sans aide")).to_be_checked()
    expect(carte(page).locator("[data-combien]")).to_have_text("Signée par les deux.")
    etats = set(SignatureDeCarte.objects.values_list("etat", flat=True))
    assert etats == {EtatDeSignatureDeCarte.RECUE}


@pytest.mark.long(6)
def test_sans_reseau_la_carte_dit_ou_elle_en_est(page: Page) -> None:
    ici = carte(page).locator("[data-sans-reseau]")
    expect(ici).to_be_hidden()
    page.context.set_offline(True)
    expect(ici).to_contain_text("vous signez sur ce téléphone")
    page.reload()
    pret(page)
    copie = page.locator(".copie")
    expect(copie).to_contain_text("sans réseau")
    page.context.set_offline(False)
    copie.get_by_role("button", name="Recharger la page").click()
    expect(copie).to_have_count(0)
    pret(page)
    page.context.set_offline(True)
    for rang in range(3):
        repondre(page, rang)
    signer(page)
    etat = carte(page).locator("[data-etat]")
    expect(etat).to_have_text("Signée sur ce téléphone, pas encore envoyée")
    expect(page.locator(".envois")).to_contain_text("il partira dès que le réseau revient")
    passer(page)
    expect(etat).to_have_text("Signée par les deux sur ce téléphone, pas encore envoyée")
    expect(page.locator(".envois")).to_contain_text("ils partiront dès que le réseau revient")
    page.context.set_offline(False)
    parti(page)
    expect(etat).to_have_text("Signée par les deux")


@pytest.mark.long(8)
def test_un_envoi_que_le_serveur_ne_sait_pas_lire_n_en_retient_aucun(page: Page) -> None:
    """It fails alone, three times, and is kept for the file; what names something of it waits, the rest leaves at once."""
    page.context.set_offline(True)
    porte = page.locator("div[data-livret]").get_attribute("data-porte")
    gate: str = """async ([porte, uid]) => {
      const objet = { semaine: "2020-01-06", dits: [], signature: null, marque: uid, dit_le: new Date().toISOString() };
      await window.binome.envois.deposer("carte", porte, objet, { titre: "Celui qui gêne", repere: uid });
      await window.binome.envois.deposer("carte", porte, { ...objet, marque: "suite" + uid }, { titre: "Sa suite" });
    }"""
    uid = "00000000-0000-4000-8000-000000000001"
    page.evaluate(gate, [porte, uid])
    for rang in range(3):
        repondre(page, rang)
    signer(page)
    essais: list[list[str]] = []

    def barrer(route: Route) -> None:
        marques = [
            un.get("marque", "") for un in json.loads(route.request.post_data or "")["envois"]
        ]
        essais.append(marques)
        if uid in marques:
            route.fulfill(status=500, body="")
        else:
            route.continue_()

    page.route("**/livret/*/envois/", barrer)
    page.context.set_offline(False)
    expect(page.get_by_text("2 envois en attente depuis")).to_be_visible()
    assert SignatureDeCarte.objects.count() == 1
    assert Appreciation.objects.count() == 3
    assert essais[:3] == [[uid, f"suite{uid}", ""], [uid], [""]]
    presse: str = (
        "[...document.querySelectorAll('button')].find(b => b.textContent === 'Envoyer maintenant')"
    )
    for _ in range(2):  # it tries again by itself too: the button may be gone
        page.wait_for_function(
            "!document.querySelector('.envois').textContent.includes('sans fin')"
        )
        page.evaluate(f"{presse}?.click()")
        page.wait_for_timeout(300)
    expect(page.locator(".envois-refuses")).to_contain_text("Le serveur ne sait pas lire celui-ci")
    titres: str = (
        "window.binome.envois.exporter().then(({ envois }) => envois.map((un) => un.titre))"
    )
    assert "Celui qui gêne" in page.evaluate(titres)


@pytest.mark.long(4)
def test_la_page_tient_a_320_pixels_et_ses_liens_se_touchent(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    depassent: str = "[...document.querySelectorAll('body *')].filter((un) => un.getBoundingClientRect().right > 320).map((un) => un.outerHTML.slice(0, 200))"  # fmt: skip
    assert not page.evaluate(depassent)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for lien in page.locator(".livret-lien a").all():
        cadre = lien.bounding_box()
        assert cadre is not None
        assert cadre["height"] >= 44
