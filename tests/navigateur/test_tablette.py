"""The tablet passed round in a real browser, its network cut: what is signed is kept, sent once, and told."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from binome.presences.models import Signature
from binome.sessions.etats import EtatDeCreneau, EtatDeSession
from binome.sessions.models import Creneau
from tests.dossiers.monde import Monde, construire
from tests.navigateur.tablettes import NOMS, ouvrir_la_tablette, prete, signer, un_atelier
from tests.navigateur.test_dossiers import entrer
from tests.navigateur.test_pages import AXE, _regarder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page, Route
    from pytest_django import Settings

pytestmark = pytest.mark.django_db(transaction=True)
COUPURE = ["ERR_", "Failed to fetch"]


@pytest.fixture
def monde(tmp_path: Path, settings: Settings) -> Monde:
    """The made-up world, with a shelf of its own."""
    settings.MEDIA_ROOT = tmp_path / "fichiers"
    return construire()


def test_une_signature_sans_reseau_part_quand_il_revient(
    ouvrir: Callable[..., Page], monde: Monde
) -> None:
    atelier = un_atelier(monde, 1)
    page = ouvrir_la_tablette(ouvrir(largeur=820, hors_ligne=True, bruits=COUPURE), atelier)
    page.context.set_offline(True)
    signer(page, NOMS[0])
    expect(page.get_by_text("1 signature sur cette tablette seulement")).to_be_visible()
    page.reload()
    expect(page.get_by_text(re.compile("^Copie de .* sans réseau"))).to_be_visible()
    expect(page.get_by_text("1 envoi en attente depuis")).to_be_visible()
    assert not Signature.objects.exists()
    page.context.set_offline(False)
    expect(page.get_by_text("Signature envoyée")).to_be_visible()
    expect(page.get_by_text("Rien n’attend sur cet appareil.")).to_be_visible()
    assert Signature.objects.get().par == monde.bob


@pytest.mark.long(3)
def test_ouverte_avant_l_heure_la_tablette_attend_puis_signe_sans_reseau(
    ouvrir: Callable[..., Page], monde: Monde
) -> None:
    atelier = un_atelier(monde, 1)
    debut = datetime.now(UTC) + timedelta(minutes=45)
    Creneau.objects.update(debut=debut, fin=debut + timedelta(minutes=210))
    page = ouvrir(largeur=820, hors_ligne=True, bruits=COUPURE)
    page.clock.install()
    ouvrir_la_tablette(page, atelier)
    expect(page.get_by_text("La signature ouvre à")).to_be_visible()
    expect(page.get_by_role("button", name=f"Signer : {NOMS[0]}")).to_have_count(0)
    page.context.set_offline(True)
    page.clock.fast_forward("31:00")
    expect(page.get_by_text("La signature ouvre à")).to_be_hidden()
    signer(page, NOMS[0])
    expect(page.get_by_text("1 signature sur cette tablette seulement")).to_be_visible()


def examiner_ici(page: Page) -> list[str]:
    """What is wrong with the page as it stands, on a phone then on a desk."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    return [*_regarder(page, 390, "light"), *_regarder(page, 820, "dark")]


@pytest.mark.long(12)
def test_trois_signatures_survivent_a_tout_et_partent_une_fois(
    ouvrir: Callable[..., Page], monde: Monde
) -> None:
    """Signed off-line by a clock an hour late, the page reloaded, closed and opened again, the session ended meanwhile."""
    atelier = un_atelier(monde)
    page = ouvrir(largeur=820, hors_ligne=True, bruits=[*COUPURE, "401"])
    page.context.clock.install(time=datetime.now(UTC) - timedelta(hours=1))
    ouvrir_la_tablette(page, atelier)
    expect(page.get_by_text("L’horloge de cette tablette retarde de 60 minutes")).to_be_visible()
    contexte = page.context
    contexte.set_offline(True)
    for rang, nom in enumerate(NOMS[:2]):
        signer(page, nom, rang * 4)
    page.reload()
    prete(page)
    expect(page.get_by_text("2 signatures sur cette tablette seulement")).to_be_visible()
    signer(page, NOMS[2], 9)
    page.close()
    page = contexte.new_page()
    page.goto(atelier.adresse)
    prete(page)
    expect(page.get_by_text("3 signatures sur cette tablette seulement")).to_be_visible()
    expect(page.get_by_text("3 envois en attente depuis")).to_be_visible()
    expect(page.get_by_role("button", name="Signer")).to_have_count(0)
    Session.objects.all().delete()
    contexte.set_offline(False)
    expect(page.get_by_text("Votre session est terminée. Connectez-vous")).to_be_visible()
    assert not Signature.objects.exists()
    page.get_by_role("link", name="Me connecter").click()
    page.wait_for_url("**/connexion/?next=*")
    expect(page.get_by_text("3 envois attendent sur cet appareil")).to_be_visible()
    # Another account signs in first: nothing leaves under its name, and it reads no copy of the page.
    entrer(page, monde.alice)
    page.goto("/espace/")
    expect(page.get_by_text("3 envois d’un autre compte attendent")).to_be_visible()
    assert page.evaluate("caches.keys()")
    assert not page.evaluate(
        "caches.keys().then(noms => noms.filter(un => un.startsWith('binome-pages-')))"
    )
    assert not Signature.objects.exists()
    entrer(page, monde.bob)
    page.goto(atelier.adresse)
    expect(page.get_by_text("Rien n’attend sur cet appareil.")).to_be_visible()
    for _ in range(3):
        page.reload()
    prete(page)
    signatures = list(Signature.objects.order_by("signee_le"))
    assert [un.parcours.dossier.nom for un in signatures] == ["Aubry", "Besse", "Caron"]
    for une in signatures:
        assert abs((une.recue_le - une.signee_le).total_seconds()) < 60
        assert abs((une.retard_d_horloge or 0) - 3600) < 30
    assert len({un.appareil for un in signatures}) == 1
    assert len({un.empreinte for un in signatures}) == 3


@pytest.mark.long(12)
def test_le_serveur_absent_n_est_pas_un_refus_et_un_refus_attend_un_mot(
    ouvrir: Callable[..., Page], monde: Monde
) -> None:
    atelier = un_atelier(monde, 2)
    page = ouvrir_la_tablette(
        ouvrir(largeur=390, hors_ligne=True, bruits=["Failed to load"]), atelier
    )
    porte = "**/signatures/"
    page.route(porte, lambda route: route.fulfill(status=503, body="absent"))
    signer(page, NOMS[0])
    expect(page.get_by_text("Le serveur ne répond pas. Nous réessayons.")).to_be_visible()
    expect(page.get_by_text("1 envoi en attente")).to_be_visible()
    page.unroute(porte)

    # The answer is lost on its way: asked again, it is one.
    def perdre(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route(porte, perdre)
    with page.expect_event("requestfailed"):
        page.get_by_role("button", name="Envoyer maintenant").click()
    expect(page.get_by_text("Le serveur ne répond pas")).to_be_visible()
    page.wait_for_function(
        "document.querySelector('.envois-nombre').textContent.startsWith('1 envoi en attente')"
    )
    page.unroute(porte)
    page.get_by_role("button", name="Envoyer maintenant").click()
    expect(page.get_by_text("Rien n’attend sur cet appareil.")).to_be_visible()
    assert Signature.objects.count() == 1
    Creneau.objects.update(etat=EtatDeCreneau.ANNULE)
    signer(page, NOMS[1], 4)
    expect(page.get_by_text("Signature refusée. Ce créneau est annulé.")).to_be_visible()
    page.reload()
    expect(page.get_by_text("1 envoi refusé")).to_be_visible()
    page.get_by_role("button", name="Retirer de cet appareil").click()
    page.get_by_role("button", name="Laisser").click()
    page.get_by_role("button", name="Retirer de cet appareil").click()
    page.get_by_role("button", name="Effacer", exact=True).click()
    expect(page.get_by_text("Rien n’attend sur cet appareil.")).to_be_visible()
    assert Signature.objects.count() == 1


@pytest.mark.long(12)
def test_un_fichier_garde_se_reprend_sur_une_autre_tablette_une_seule_fois(
    ouvrir: Callable[..., Page], monde: Monde, tmp_path: Path
) -> None:
    atelier = un_atelier(monde, 2)
    une, autre = (
        ouvrir_la_tablette(ouvrir(largeur=820, hors_ligne=True, bruits=COUPURE), atelier)
        for _ in range(2)
    )
    une.context.set_offline(True)
    for rang, nom in enumerate(NOMS[:2]):
        signer(une, nom, rang * 5)
    with une.expect_download() as attendu:
        une.get_by_role("button", name="Garder un fichier").click()
    chemin = tmp_path / "envois.json"
    attendu.value.save_as(chemin)
    assert len(json.loads(chemin.read_text())["envois"]) == 2
    # Two tablets with one slot: the same person signed on the other too, which is another signature.
    signer(autre, NOMS[0], 9)
    expect(autre.get_by_text("Rien n’attend sur cet appareil.")).to_be_visible()
    autre.get_by_text("Reprendre un fichier").click()
    autre.locator("#reprendre-un-fichier").set_input_files(chemin)
    expect(autre.get_by_text("Ce fichier vient d’un autre appareil")).to_be_visible()
    assert Signature.objects.count() == 1  # never without a word of the person
    autre.get_by_role("button", name="Ajouter et envoyer").click()
    expect(autre.get_by_text("C’est repris.")).to_be_visible()
    expect(autre.get_by_text("Rien n’attend sur cet appareil.")).to_be_visible()
    assert Signature.objects.count() == 3
    autre.locator("#reprendre-un-fichier").set_input_files([])
    autre.locator("#reprendre-un-fichier").set_input_files(chemin)
    expect(autre.get_by_text("déjà sur cet appareil, ou déjà parti")).to_be_visible()
    une.context.set_offline(False)
    expect(une.get_by_text("Rien n’attend sur cet appareil.")).to_be_visible()
    assert Signature.objects.count() == 3


@pytest.mark.long(6)
def test_qui_se_deconnecte_ne_perd_rien_et_ne_laisse_pas_de_page(
    ouvrir: Callable[..., Page], monde: Monde
) -> None:
    atelier = un_atelier(monde, 1)
    page = ouvrir_la_tablette(ouvrir(largeur=820, hors_ligne=True, bruits=COUPURE), atelier)
    porte = "**/signatures/"
    page.route(porte, lambda route: route.abort())
    signer(page, NOMS[0])
    expect(page.get_by_text("Le serveur ne répond pas")).to_be_visible()
    # Pressed by mistake without network: nothing is done, and the page still opens.
    page.context.set_offline(True)
    page.get_by_role("button", name="Se déconnecter").click()
    expect(page.get_by_role("alert")).to_contain_text("Internet ne répond plus")
    page.reload()
    prete(page)
    expect(page.get_by_text("1 signature sur cette tablette seulement")).to_be_visible()
    page.context.set_offline(False)
    page.get_by_role("button", name="Se déconnecter").click()
    expect(page.get_by_role("alert")).to_contain_text("Un envoi attend sur cet appareil")
    page.get_by_role("button", name="Me déconnecter").click()
    page.wait_for_url(lambda url: "/tablette/" not in url)
    page.goto("/compte/connexion/")
    expect(page.get_by_text("1 envoi attend sur cet appareil")).to_be_visible()
    page.context.set_offline(True)
    page.goto(atelier.adresse)
    expect(page.get_by_role("heading", name="Pas de réseau")).to_be_visible()
    assert NOMS[0] not in page.content()


@pytest.mark.long(4)
def test_un_navigateur_qui_ne_garde_rien_le_dit_avant(
    ouvrir: Callable[..., Page], monde: Monde
) -> None:
    atelier = un_atelier(monde, 1)
    page = ouvrir(largeur=390, hors_ligne=True)
    page.add_init_script(
        "IDBFactory.prototype.open = () => { throw new DOMException('non', 'SecurityError'); }"
    )
    entrer(page, monde.bob)
    page.goto(atelier.adresse)
    expect(page.get_by_role("alert")).to_contain_text("Ce navigateur ne garde rien")
    expect(page.get_by_role("button", name="Signer")).to_have_count(0)


@pytest.mark.long(6)
def test_cinq_jours_se_disent_et_le_clavier_signe_aussi(
    ouvrir: Callable[..., Page], monde: Monde
) -> None:
    atelier = un_atelier(monde, 1)
    page = ouvrir_la_tablette(ouvrir(largeur=390, hors_ligne=True, bruits=COUPURE), atelier)
    page.context.set_offline(True)
    page.get_by_role("button", name=f"Signer : {NOMS[0]}").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Confirmer ma signature").click()
    expect(page.get_by_role("alert").filter(has_text="Le cadre est vide")).to_be_visible()
    page.get_by_text("Signer au clavier").click()
    page.get_by_label("Écrivez votre nom").fill("Anaïs Aubry")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 signature sur cette tablette seulement")).to_be_visible()
    page.evaluate("""async () => {
      const base = await new Promise(dit => { const une = indexedDB.open('binome-envois'); une.onsuccess = () => dit(une.result); });
      const rayon = base.transaction('envois', 'readwrite').objectStore('envois');
      await new Promise(dit => { rayon.getAll().onsuccess = ({target}) => { for (const un of target.result) rayon.put({...un, le: un.le - 6 * 86400000}); dit(); }; });
    }""")
    page.reload()
    expect(page.get_by_text("1 envoi en attente depuis 6 jours")).to_be_visible()
    expect(page.get_by_text("Cela fait plus de cinq jours")).to_be_visible()
    assert not examiner_ici(page)


@pytest.mark.long(6)
def test_une_page_que_l_on_n_a_pas_ouverte_s_ouvre_sans_reseau(
    ouvrir: Callable[..., Page], monde: Monde
) -> None:
    """The trainer's first page names the tablets of the day: the device keeps them before anybody needs one."""
    atelier = un_atelier(monde, 1)
    session = atelier.creneau.session
    session.etat = EtatDeSession.PUBLIEE
    session.save()
    page = entrer(ouvrir(largeur=820, hors_ligne=True, bruits=COUPURE), monde.bob)
    page.goto("/espace/")
    expect(page.get_by_role("link", name="Signer sur une tablette")).to_be_visible()
    page.wait_for_selector("html[data-coquille=prete]", state="attached")
    page.context.set_offline(True)
    page.goto("/espace/")
    expect(page.get_by_role("heading", name="Pas de réseau")).to_be_visible()
    page.get_by_role("link", name="Signatures").click()
    prete(page)
    expect(page.get_by_text("sans réseau")).to_be_visible()
    signer(page, NOMS[0])
    expect(page.get_by_text("1 signature sur cette tablette seulement")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text("Rien n’attend sur cet appareil.")).to_be_visible()
    assert Signature.objects.count() == 1
