"""The network cut at ten moments of a card: each ends with three answers and two signatures, nothing lost, nothing twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import expect

from binome.habillage import hors_ligne
from binome.livret.etats import CoteDuBinome, EtatDeCarte, EtatDeSignatureDeCarte
from binome.livret.models import Appreciation, CarteDeSemaine, SignatureDeCarte
from tests.dossiers.monde import construire
from tests.livret.vie import Binome, former
from tests.navigateur.cartes import (
    COUPURE,
    adresse,
    carte,
    ouvrir_le_livret,
    parti,
    passer,
    phrase,
    pret,
    repondre,
    signer,
)
from tests.navigateur.conftest import CHROMIUM, DRAPEAUX
from tests.navigateur.coupures import tuer_le_navigateur

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Route
    from pytest_django import Settings
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.django_db(transaction=True)
DITE: Final = "Le plateau était prêt."
ENVOIS: Final = "**/livret/*/envois/"


@dataclass
class Terrain:
    """A phone that knows the page, and who holds it."""

    page: Page
    binome: Binome

    def couper(self) -> None:
        """No network any more."""
        self.page.context.set_offline(True)

    def rouvrir(self) -> None:
        """The page closed and opened again, with or without network."""
        contexte = self.page.context
        self.page.close()
        self.page = contexte.new_page()
        self.page.goto(adresse(self.binome))
        pret(self.page)

    def finir(self) -> None:
        """Signs, and passes the phone over."""
        signer(self.page)
        passer(self.page)
        expect(carte(self.page).locator("[data-combien]")).to_have_text("Signée par les deux.")


def _trois(page: Page) -> None:
    for rang in range(3):
        repondre(page, rang)
    phrase(page, 0).fill(DITE)


def avant_d_ouvrir(terrain: Terrain) -> None:
    terrain.couper()
    terrain.rouvrir()
    _trois(terrain.page)
    terrain.finir()


def apres_la_premiere_touche(terrain: Terrain) -> None:
    repondre(terrain.page, 0)
    terrain.couper()
    _trois(terrain.page)
    terrain.finir()


def entre_deux_touches(terrain: Terrain) -> None:
    repondre(terrain.page, 0)
    repondre(terrain.page, 1)
    terrain.couper()
    terrain.page.reload()
    pret(terrain.page)
    expect(carte(terrain.page).locator("[data-combien]")).to_have_text("2 réponses sur 3")
    repondre(terrain.page, 2)
    phrase(terrain.page, 0).fill(DITE)
    terrain.finir()


def pendant_la_phrase(terrain: Terrain) -> None:
    for rang in range(3):
        repondre(terrain.page, rang)
    phrase(terrain.page, 0).press_sequentially(DITE[:10])
    terrain.couper()
    terrain.page.reload()
    pret(terrain.page)
    ici = phrase(terrain.page, 0)
    expect(ici).to_have_value(DITE[:10])
    ici.press("End")
    ici.press_sequentially(DITE[10:])
    terrain.finir()


def avant_de_signer(terrain: Terrain) -> None:
    _trois(terrain.page)
    terrain.couper()
    terrain.finir()


def reponse_perdue(terrain: Terrain) -> None:
    """The server has it, and its answer never came: asked again, it is one."""

    def perdre(route: Route) -> None:
        route.fetch()
        route.abort()

    _trois(terrain.page)
    terrain.page.route(ENVOIS, perdre)
    with terrain.page.expect_event("requestfailed"):
        signer(terrain.page)
    expect(terrain.page.get_by_text("Le serveur ne répond pas")).to_be_visible()
    passer(terrain.page)
    terrain.page.unroute(ENVOIS)
    # What the button does: on a slow machine, it goes when the phone tries again by itself.
    terrain.page.evaluate("window.binome.envois.envoyer(true)")


def entre_les_deux_signatures(terrain: Terrain) -> None:
    _trois(terrain.page)
    signer(terrain.page)
    parti(terrain.page)
    terrain.couper()
    passer(terrain.page)
    terrain.page.reload()
    pret(terrain.page)
    expect(carte(terrain.page).locator("[data-combien]")).to_have_text("Signée par les deux.")


def page_fermee(terrain: Terrain) -> None:
    terrain.couper()
    _trois(terrain.page)
    terrain.rouvrir()
    expect(phrase(terrain.page, 0)).to_have_value(DITE)
    signer(terrain.page)
    terrain.rouvrir()
    expect(terrain.page.get_by_text("1 envoi en attente depuis")).to_be_visible()
    passer(terrain.page)


def version_nouvelle(terrain: Terrain) -> None:
    """A new shell is published while a card waits: page and card are still there without network."""
    page = terrain.page
    terrain.couper()
    _trois(page)
    signer(page)
    page.route(ENVOIS, lambda route: route.abort())
    page.context.set_offline(False)
    rayons: str = "caches.keys().then(noms => noms.filter(un => un.startsWith('binome-coquille-')).length)"  # fmt: skip
    with pytest.MonkeyPatch.context() as change:
        change.setattr(hors_ligne, "COQUILLE", (*hors_ligne.COQUILLE, "pieces.js"))
        hors_ligne._ouvrier.cache_clear()
        page.evaluate(
            "navigator.serviceWorker.getRegistration('/espace/').then(une => une.update())"
        )
        page.wait_for_function(f"{rayons}.then(nombre => nombre === 2)")
    hors_ligne._ouvrier.cache_clear()
    terrain.couper()
    page.unroute(ENVOIS)
    terrain.rouvrir()
    passer(terrain.page)


MOMENTS: Final = (
    avant_d_ouvrir, apres_la_premiere_touche, entre_deux_touches, pendant_la_phrase, avant_de_signer,
    reponse_perdue, entre_les_deux_signatures, page_fermee, version_nouvelle,
)  # fmt: skip
"""The tenth, a browser that is killed, has a profile of its own."""


@pytest.fixture
def binome(tmp_path: Path, settings: Settings) -> Binome:
    """Léa and Tara, with a shelf of their own."""
    settings.MEDIA_ROOT = tmp_path / "fichiers"
    return former(construire())


def verifier(page: Page) -> None:
    """All of it came, once: asked again three times, nothing is added."""
    page.context.set_offline(False)
    parti(page)
    for _ in range(2):
        page.reload()
    pret(page)
    expect(carte(page).locator("[data-etat]")).to_have_text("Signée par les deux")
    assert CarteDeSemaine.objects.get().etat == EtatDeCarte.SIGNEE
    dites = Appreciation.objects.order_by("valeur").values_list("valeur", "phrase")
    assert list(dites) == [("aide", ""), ("pas_eu", ""), ("seul", DITE)]
    signees = SignatureDeCarte.objects.order_by("cote").values_list("cote", "etat")
    assert list(signees) == [(un, EtatDeSignatureDeCarte.RECUE) for un in sorted(CoteDuBinome)]


@pytest.mark.long(6)
@pytest.mark.parametrize("moment", MOMENTS, ids=lambda un: un.__name__)
def test_le_reseau_coupe_ne_perd_rien_et_ne_double_rien(
    ouvrir: Callable[..., Page], binome: Binome, moment: Callable[[Terrain], None]
) -> None:
    page = ouvrir_le_livret(ouvrir(largeur=390, hors_ligne=True, bruits=COUPURE), binome)
    terrain = Terrain(page, binome)
    moment(terrain)
    verifier(terrain.page)


@pytest.mark.long(12)
def test_un_navigateur_tue_garde_la_carte(
    navigateur: Browser, binome: Binome, live_server: LiveServer, tmp_path: Path
) -> None:
    """Killed with an answer that was only touched, and a signature that waits; the session cookie goes with it."""
    profil = tmp_path / "profil"

    def ouvrir_le_profil() -> Page:
        contexte = navigateur.browser_type.launch_persistent_context(
            profil, executable_path=CHROMIUM, args=DRAPEAUX, base_url=str(live_server), locale="fr-FR"
        )  # fmt: skip
        return contexte.pages[0]

    page = ouvrir_le_livret(ouvrir_le_profil(), binome)
    page.context.set_offline(True)
    repondre(page, 0)
    repondre(page, 1)
    phrase(page, 0).fill(DITE)
    signer(page)
    repondre(page, 2)
    tuer_le_navigateur(profil)
    page = ouvrir_le_profil()
    page.context.set_offline(True)
    page.goto(adresse(binome))
    pret(page)
    expect(carte(page).locator("[data-combien]")).to_have_text("3 réponses sur 3")
    signer(page)
    passer(page)
    page.context.set_offline(False)
    expect(page.get_by_text("Votre session est terminée. Connectez-vous")).to_be_visible()
    ouvrir_le_livret(page, binome)
    parti(page)
    expect(carte(page).locator("[data-etat]")).to_have_text("Signée par les deux")
    assert CarteDeSemaine.objects.get().etat == EtatDeCarte.SIGNEE
    assert Appreciation.objects.count() == 3
    page.context.close()
