"""The passeport in a real browser, on a phone: from the civil status to the answer, each page readable."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from binome.passeport.models import LotDePassages
from tests.navigateur.test_dossiers import entrer
from tests.navigateur.test_pages import AXE, _regarder
from tests.passeport.test_lots import DE_NAISSANCE
from tests.passeport.vie import Certifies, accuse, certifier, regler_d_essai

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page
    from pytest_django import Settings

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def certifies(tmp_path: Path, settings: Settings) -> Certifies:
    """Three people certified, the settings of the branch, shelves of its own."""
    settings.MEDIA_ROOT = tmp_path / "fichiers"
    gens = certifier()
    regler_d_essai(gens.monde)
    return gens


@pytest.mark.long(20)
def test_de_l_etat_civil_a_la_reponse_sur_un_telephone(
    ouvrir: Callable[..., Page], certifies: Certifies, tmp_path: Path
) -> None:
    fautes: list[str] = []

    def regarder(page: Page) -> None:
        page.evaluate(AXE.read_text(encoding="utf-8"))
        fautes.extend(f"{page.url} {un}" for un in _regarder(page, 390, "light"))

    parcours = certifies.titres[0].parcours
    lea = entrer(ouvrir(largeur=390), certifies.monde.lea)
    lea.goto(f"/espace/suivis/parcours/{parcours.pk}/")
    lea.get_by_role("link", name="Compléter l’état civil").click()
    regarder(lea)
    lea.get_by_label("Sexe inscrit à l’état civil").select_option("F")
    lea.get_by_label("Code Insee de la commune de naissance").fill("40088")
    lea.get_by_role("button", name="Enregistrer").click()
    expect(lea.get_by_text("L’état civil est enregistré.")).to_be_visible()
    alice = entrer(ouvrir(largeur=390), certifies.monde.alice)
    alice.goto("/espace/passeport/etats-civils/")
    regarder(alice)
    ana = entrer(ouvrir(largeur=390), certifies.monde.ana)
    ana.goto("/espace/passeport/reglages/")
    regarder(ana)
    ana.goto("/espace/passeport/")
    regarder(ana)
    ana.get_by_role("button", name="Préparer un lot", exact=True).click()
    expect(ana.get_by_role("heading", name="Déclarer : 1 certification")).to_be_visible()
    regarder(ana)
    with ana.expect_download() as telecharge:
        ana.get_by_role("link", name="Télécharger le fichier").click()
    lot = LotDePassages.objects.get()
    assert telecharge.value.suggested_filename == lot.nom
    ana.get_by_role("button", name="C’est déposé").click()
    expect(ana.get_by_text("C’est noté : la réponse est attendue.")).to_be_visible()
    recu = tmp_path / f"Accusé de traitement_{lot.nom}_20261201.xml"
    recu.write_bytes(accuse(certifies, lot, {0: DE_NAISSANCE}))
    ana.get_by_label("L’accusé de la Caisse des Dépôts").set_input_files(recu)
    ana.get_by_role("button", name="Lire l’accusé").click()
    expect(ana.get_by_text("L’accusé est lu : 1 refusée.")).to_be_visible()
    regarder(ana)
    lea.goto(f"/espace/passeport/etats-civils/{parcours.pk}/")
    expect(lea.get_by_text("n’a trouvé personne sous cet état civil")).to_be_visible()
    regarder(lea)
    assert not fautes, "\n".join(fautes)
