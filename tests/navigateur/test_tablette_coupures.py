"""Bad days of a tablet: the browser killed, the server stopped, the disk full, a new version published meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from binome.habillage import hors_ligne
from binome.presences.models import Signature
from tests.dossiers.monde import Monde, construire
from tests.navigateur.conftest import CHROMIUM, DRAPEAUX
from tests.navigateur.coupures import Prise, tuer_le_navigateur
from tests.navigateur.tablettes import NOMS, ouvrir_la_tablette, prete, signer, un_atelier

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page
    from pytest_django import Settings
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.django_db(transaction=True)
COUPURE = ["ERR_", "Failed to fetch"]


@pytest.fixture
def monde(tmp_path: Path, settings: Settings) -> Monde:
    """The made-up world, with a shelf of its own."""
    settings.MEDIA_ROOT = tmp_path / "fichiers"
    return construire()


@pytest.fixture
def prise(live_server: LiveServer) -> Iterator[Prise]:
    """The plug of the server, put back at the end."""
    une = Prise(live_server)
    yield une
    une.remettre()


@pytest.mark.long(12)
def test_un_navigateur_tue_garde_ce_qui_est_signe(
    navigateur: Browser, monde: Monde, live_server: LiveServer, tmp_path: Path
) -> None:
    """Killed at once after the third signature; opened again without network, then with it."""
    atelier, profil = un_atelier(monde), tmp_path / "profil"

    def ouvrir_le_profil() -> Page:
        contexte = navigateur.browser_type.launch_persistent_context(
            profil, executable_path=CHROMIUM, args=DRAPEAUX, base_url=str(live_server), locale="fr-FR"
        )  # fmt: skip
        return contexte.pages[0]

    page = ouvrir_la_tablette(ouvrir_le_profil(), atelier)
    page.context.set_offline(True)
    for rang, nom in enumerate(NOMS):
        signer(page, nom, rang * 4)
    tuer_le_navigateur(profil)
    page = ouvrir_le_profil()
    page.context.set_offline(True)
    page.goto(atelier.adresse)
    prete(page)
    expect(page.get_by_text("3 signatures sur cette tablette seulement")).to_be_visible()
    assert not Signature.objects.exists()
    page.context.set_offline(False)
    # The session cookie went with the browser: nothing is lost, and one signs in again.
    expect(page.get_by_text("Votre session est terminée. Connectez-vous")).to_be_visible()
    ouvrir_la_tablette(page, atelier)
    expect(page.get_by_text("Rien n’attend sur cet appareil.")).to_be_visible()
    assert Signature.objects.count() == 3
    page.context.close()


@pytest.mark.long(12)
def test_le_serveur_s_arrete_pendant_que_l_on_signe(
    ouvrir: Callable[..., Page], monde: Monde, prise: Prise
) -> None:
    """The network is there, the server is not: one signs on, the page opens again, and all leaves when it is back."""
    atelier = un_atelier(monde)
    page = ouvrir_la_tablette(ouvrir(largeur=820, hors_ligne=True, bruits=COUPURE), atelier)
    prise.tirer()
    for rang, nom in enumerate(NOMS):
        signer(page, nom, rang * 4)
    page.reload()
    prete(page)
    expect(page.get_by_text("sans réseau")).to_be_visible()
    expect(page.get_by_text("3 envois en attente depuis")).to_be_visible()
    prise.remettre()
    page.get_by_role("button", name="Envoyer maintenant").click()
    expect(page.get_by_text("Rien n’attend sur cet appareil.")).to_be_visible()
    assert Signature.objects.count() == 3


@pytest.mark.long(8)
def test_une_nouvelle_version_ne_perd_ni_la_page_ni_ce_qui_attend(
    ouvrir: Callable[..., Page], monde: Monde, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new shell takes the place of the old one while a signature waits: both are still there without network."""
    atelier = un_atelier(monde, 2)
    page = ouvrir_la_tablette(ouvrir(largeur=820, hors_ligne=True, bruits=COUPURE), atelier)
    page.context.set_offline(True)
    signer(page, NOMS[0])
    porte = "**/signatures/"
    page.route(porte, lambda route: route.abort())
    page.context.set_offline(False)
    monkeypatch.setattr(hors_ligne, "COQUILLE", (*hors_ligne.COQUILLE, "pieces.js"))
    hors_ligne._ouvrier.cache_clear()
    rayons: str = "caches.keys().then(noms => noms.filter(un => un.startsWith('binome-coquille-')).length)"  # fmt: skip
    assert page.evaluate(rayons) == 1
    page.evaluate("navigator.serviceWorker.getRegistration('/espace/').then(une => une.update())")
    page.wait_for_function(f"{rayons}.then(nombre => nombre === 2)")
    hors_ligne._ouvrier.cache_clear()
    page.context.set_offline(True)
    page.reload()
    prete(page)
    expect(page.get_by_text("1 signature sur cette tablette seulement")).to_be_visible()
    signer(page, NOMS[1], 5)
    page.unroute(porte)
    page.context.set_offline(False)
    expect(page.get_by_text("Rien n’attend sur cet appareil.")).to_be_visible()
    assert Signature.objects.count() == 2


@pytest.mark.long(6)
def test_un_appareil_plein_le_dit_et_le_dessin_reste(
    ouvrir: Callable[..., Page], monde: Monde
) -> None:
    atelier = un_atelier(monde, 1)
    page = ouvrir_la_tablette(ouvrir(largeur=820, hors_ligne=True, bruits=COUPURE), atelier)
    page.context.set_offline(True)
    page.evaluate("""() => {
      const poser = IDBObjectStore.prototype.put;
      IDBObjectStore.prototype.put = function (...quoi) {
        if (this.name === 'envois' && !window.place) throw new DOMException('plein', 'QuotaExceededError');
        return poser.apply(this, quoi);
      };
    }""")
    page.get_by_role("button", name="Signer").click()
    page.get_by_text("Signer au clavier").click()
    page.get_by_label("Écrivez votre nom").fill("Anaïs Aubry")
    page.get_by_role("button", name="Confirmer ma signature").click()
    expect(page.get_by_role("alert").filter(has_text="La place manque")).to_be_visible()
    expect(page.get_by_label("Écrivez votre nom")).to_have_value("Anaïs Aubry")
    page.evaluate("window.place = true")
    page.get_by_role("button", name="Confirmer ma signature").click()
    expect(page.get_by_text("1 signature sur cette tablette seulement")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text("Rien n’attend sur cet appareil.")).to_be_visible()
    assert Signature.objects.count() == 1


@pytest.mark.long(4)
def test_une_copie_ne_tient_pas_la_cle_de_ce_que_l_on_tape(
    ouvrir: Callable[..., Page], monde: Monde
) -> None:
    atelier = un_atelier(monde, 1)
    page = ouvrir_la_tablette(ouvrir(largeur=820, hors_ligne=True, bruits=COUPURE), atelier)
    cle = page.locator('meta[name="garde"]').get_attribute("content") or ""
    assert ":" in cle
    lire: str = "caches.match(location.href).then(une => une.text())"
    copie = page.evaluate(lire)
    assert cle.split(":")[0] in copie
    assert cle.split(":")[1] not in copie
