"""The card of the pair in a real browser, on a phone: answered and signed by both in a minute, with a thumb."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from binome.livret.etats import EtatDeCarte
from binome.livret.models import Appreciation, CarteDeSemaine, SignatureDeCarte
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

    from playwright.sync_api import Page
    from pytest_django import Settings

pytestmark = pytest.mark.django_db(transaction=True)
COMPTER: str = """() => {
  window.touches = 0;
  addEventListener('pointerdown', () => { window.touches += 1; }, true);
}"""

TOUT_CE_QUI_EST_GARDE: str = """async () => {
  const lire = (demande) => new Promise((oui) => { demande.onsuccess = () => oui(demande.result); });
  const dits = [];
  for (const { name } of await indexedDB.databases()) {
    const base = await lire(indexedDB.open(name));
    for (const rayon of base.objectStoreNames) dits.push(await lire(base.transaction(rayon).objectStore(rayon).getAll()));
    base.close();
  }
  return JSON.stringify([dits, { ...localStorage }, { ...sessionStorage }]);
}"""


@pytest.fixture
def binome(tmp_path: Path, settings: Settings) -> Binome:
    """Léa and Tara, with a shelf of their own."""
    settings.MEDIA_ROOT = tmp_path / "fichiers"
    return former(construire())


def test_une_carte_en_huit_touches_et_moins_d_une_minute(
    ouvrir: Callable[..., Page], binome: Binome
) -> None:
    """Answered, signed, passed over and signed without network, then closed: all of it leaves once when it is back."""
    page = ouvrir_le_livret(ouvrir(largeur=390, hors_ligne=True, bruits=COUPURE), binome)
    page.set_viewport_size({"width": 390, "height": 844})
    page.context.set_offline(True)
    page.evaluate(COMPTER)
    debut = time.monotonic()
    for rang, mot in enumerate(("Sans aide", "Avec aide", "Pas eu l’occasion")):
        une = carte(page).locator("fieldset").nth(rang)
        une.locator("label", has_text=mot).click()
    signer(page)
    passer(page)
    expect(carte(page).locator("[data-combien]")).to_have_text("Signée par les deux.")
    assert page.evaluate("window.touches") <= 8
    assert time.monotonic() - debut < 60
    expect(page.get_by_text("2 envois en attente depuis")).to_be_visible()
    page.reload()
    pret(page)
    expect(carte(page).locator("[data-combien]")).to_have_text("Signée par les deux.")
    assert not CarteDeSemaine.objects.exists()
    page.context.set_offline(False)
    parti(page)
    expect(carte(page).locator("[data-etat]")).to_have_text("Signée par les deux")
    assert CarteDeSemaine.objects.get().etat == EtatDeCarte.SIGNEE
    assert sorted(Appreciation.objects.values_list("valeur", flat=True)) == [
        "aide",
        "pas_eu",
        "seul",
    ]
    assert set(SignatureDeCarte.objects.values_list("moyen", flat=True)) == {"compte", "dessin"}


@pytest.mark.long(5)
def test_un_nom_de_patient_n_est_ni_signe_ni_garde(
    ouvrir: Callable[..., Page], binome: Binome
) -> None:
    """Told as one types; the sentence of before is what the phone keeps, and what was typed is nowhere in it."""
    page = ouvrir_le_livret(ouvrir(largeur=390, hors_ligne=True, bruits=COUPURE), binome)
    repondre(page, 0)
    ecrit = phrase(page, 0)
    ecrit.press_sequentially("Le dossier de Mme Durand")
    expect(carte(page).get_by_role("alert").filter(has_text="Durand")).to_be_visible()
    carte(page).get_by_role("button", name="Signer", exact=True).click()
    expect(carte(page).locator("[data-faute]")).to_contain_text("Rien d’un patient n’entre")
    expect(ecrit).to_have_value("Le dossier de Mme Durand")
    assert "Durand" not in page.evaluate(TOUT_CE_QUI_EST_GARDE)
    assert not SignatureDeCarte.objects.exists()
    ecrit.fill("Le dossier d’une patiente")
    signer(page)
    parti(page)
    assert Appreciation.objects.get().phrase == "Le dossier d’une patiente"
