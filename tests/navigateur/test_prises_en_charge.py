"""The money of a training in a real browser, on a phone: asked, agreed, a month proven, certified, accepted; each page readable."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from playwright.sync_api import expect

from binome.prises_en_charge.certificats import sceller_les_certificats
from binome.prises_en_charge.models import EtatDeService, PriseEnCharge
from tests.depot.test_controle import pdf
from tests.navigateur.test_dossiers import entrer
from tests.navigateur.test_pages import AXE, _regarder
from tests.prises_en_charge.monde import Paye, ce_mois, paye, un_jour

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page
    from pytest_django import Settings

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def gens(tmp_path: Path, settings: Settings) -> Paye:
    """A path, a payer, and a morning of last month that was signed."""
    settings.MEDIA_ROOT = tmp_path / "fichiers"
    gens = paye()
    gens.suivre(un_jour(ce_mois(-1)))
    return gens


def _sceller() -> None:
    """The jobs, in a thread of their own: the browser holds the loop of this one."""

    def passer() -> None:
        try:
            sceller_les_certificats()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as fil:
        fil.submit(passer).result()


class Regards:
    """What axe and the width of a phone say of the pages that were looked at."""

    def __init__(self) -> None:
        self.fautes: list[str] = []

    def sur(self, page: Page) -> None:
        """Looks at one."""
        page.evaluate(AXE.read_text(encoding="utf-8"))
        self.fautes += [f"{page.url} {un}" for un in _regarder(page, 390, "light")]


def demander(alice: Page, gens: Paye, dossier: Path, regards: Regards) -> PriseEnCharge:
    """A request, its three documents, its form, then sent."""
    alice.goto(f"/espace/suivis/parcours/{gens.parcours.pk}/")
    alice.get_by_role("link", name="Préparer une demande").click()
    regards.sur(alice)
    alice.get_by_label("Par quelle voie").select_option("periode_reconversion")
    alice.get_by_label("Le financeur, s’il est dans Binôme").select_option(str(gens.opco.pk))
    alice.get_by_label("Premier jour de la formation").fill(ce_mois(-1).isoformat())
    alice.get_by_label("Dernier jour").fill(ce_mois(6).isoformat())
    alice.get_by_label("Heures demandées").fill("200 h")
    alice.get_by_label("Taux horaire de la formation").fill("20 €")
    alice.get_by_label("Pourquoi d’autres chiffres").fill("Essai.")
    alice.get_by_role("button", name="Enregistrer").click()
    expect(alice.get_by_text("La demande est prête")).to_be_visible()
    for rang, nature in enumerate(("accord", "convention", "formulaire"), 1):
        fichier = dossier / f"{nature}.pdf"
        fichier.write_bytes(pdf(pages=rang))
        alice.get_by_label("Quel document").select_option(nature)
        alice.get_by_label("Le fichier").set_input_files(fichier)
        alice.get_by_role("button", name="Joindre ce document").click()
        expect(alice.locator("#les-documents a[download]")).to_have_count(rang)
    regards.sur(alice)
    prise = PriseEnCharge.objects.get()
    alice.get_by_role("link", name="Le formulaire à remplir").click()
    regards.sur(alice)
    alice.goto(f"/espace/suivis/prises-en-charge/{prise.pk}/")
    alice.get_by_role("button", name="Envoyer la demande au financeur").click()
    expect(alice.get_by_text("La demande est envoyée.")).to_be_visible()
    return prise


def repondre(olga: Page, regards: Regards) -> None:
    """The payer reads its table, then agrees."""
    olga.goto("/espace/prises-en-charge/")
    regards.sur(olga)
    olga.get_by_role("link", name="Léa Exemple · Période de reconversion").first.click()
    regards.sur(olga)
    olga.locator("summary", has_text="Accorder comme demandé").click()
    olga.get_by_role("button", name="Accorder comme demandé").click()
    expect(olga.get_by_text("La prise en charge est accordée.")).to_be_visible()


@pytest.mark.long(25)
def test_de_la_demande_au_mois_accepte_sur_un_telephone(
    ouvrir: Callable[..., Page], gens: Paye, tmp_path: Path
) -> None:
    regards = Regards()
    alice = entrer(ouvrir(largeur=390), gens.monde.alice)
    prise = demander(alice, gens, tmp_path, regards)
    olga = entrer(ouvrir(largeur=390), gens.olga)
    repondre(olga, regards)
    etat = EtatDeService.objects.get()
    alice.goto("/espace/prises-en-charge/")
    regards.sur(alice)
    alice.goto(f"/espace/suivis/etats-de-service/{etat.pk}/")
    alice.get_by_role("button", name="Délivrer le certificat").click()
    expect(alice.get_by_text("Le certificat est délivré.")).to_be_visible()
    _sceller()
    alice.get_by_role("link", name="Certificat n°").click()
    regards.sur(alice)
    with alice.expect_download() as telecharge:
        alice.get_by_role("link", name="Télécharger le certificat scellé").click()
    assert telecharge.value.suggested_filename.endswith(".pdf")
    olga.goto(f"/espace/suivis/etats-de-service/{etat.pk}/")
    regards.sur(olga)
    expect(olga.get_by_text("70 €").first).to_be_visible()
    olga.get_by_role("button", name="Accepter", exact=True).click()
    expect(olga.get_by_text("L’état de service est accepté.")).to_be_visible()
    olga.goto("/espace/prises-en-charge/baremes/")
    regards.sur(olga)
    lea = entrer(ouvrir(largeur=390), gens.monde.lea)
    lea.goto(f"/espace/suivis/prises-en-charge/{prise.pk}/")
    regards.sur(lea)
    assert not regards.fautes, "\n".join(regards.fautes)
