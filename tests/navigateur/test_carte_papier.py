"""A card on paper in a real browser, on a phone: found from the page of the pair, photographed, said line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from binome.livret.etats import EtatDeCarte
from binome.livret.models import CarteDeSemaine
from tests.dossiers.monde import construire
from tests.livret.vie import Binome, former
from tests.navigateur.cartes import adresse
from tests.navigateur.test_dossiers import entrer
from tests.navigateur.test_pages import AXE, _regarder
from tests.presences.test_papier import client_de, photo

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page
    from pytest_django import Settings

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def binome(tmp_path: Path, settings: Settings) -> Binome:
    """Léa and Tara, with a shelf of their own."""
    settings.MEDIA_ROOT = tmp_path / "fichiers"
    return former(construire())


@pytest.mark.long(3)
def test_une_page_photographiee_devient_une_carte_signee(
    ouvrir: Callable[..., Page], binome: Binome, tmp_path: Path
) -> None:
    page = ouvrir(largeur=390, bruits=["422"])
    page.add_init_script(path=AXE)
    entrer(page, binome.tara)
    page.goto(adresse(binome))
    page.get_by_role("link", name="Le livret en PDF, et les cartes à remplir à la main").click()
    assert not _regarder(page, 390, "light")
    prise = tmp_path / "page.jpg"
    imprimee = client_de(binome.tara).get(f"{adresse(binome)}papier.pdf").content
    prise.write_bytes(photo(imprimee, penche=-4))
    page.locator("input[type=file]").set_input_files(prise)
    page.get_by_role("button", name="Envoyer et lire").click()
    expect(page.get_by_role("heading", name="Relire la page")).to_be_visible()
    assert not _regarder(page, 390, "dark")
    assert page.locator("input:checked").count() == 0
    page.get_by_role("radio", name="Avec aide").first.check()
    for qui in ("Stagiaire", "Tuteur ou tutrice"):
        page.get_by_role("checkbox", name=qui).check()
    page.get_by_role("button", name="Confirmer ce que j’ai lu").click()
    faute = page.get_by_role("alert")
    expect(faute).to_contain_text("Recopiez le jour écrit à côté des signatures")
    expect(page.get_by_role("radio", name="Avec aide").first).to_be_checked()
    page.get_by_label("Le jour écrit à côté").fill(binome.semaine.isoformat())
    page.get_by_role("button", name="Confirmer ce que j’ai lu").click()
    expect(page.get_by_text("La carte est confirmée.")).to_be_visible()
    assert CarteDeSemaine.objects.get().etat == EtatDeCarte.SIGNEE
