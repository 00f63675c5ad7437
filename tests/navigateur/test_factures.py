"""The money after an accepted month, in a real browser, on a phone: billed, spent, advanced, paid, corrected, taken back; each page readable."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.utils import timezone
from playwright.sync_api import expect

from binome.comptes.acteur import Acteur
from binome.factures.models import Facture
from binome.factures.sceller import sceller_les_factures
from binome.presences.constat import CeQuiSEstPasse
from binome.presences.gel import corriger
from binome.presences.models import Presence
from tests.depot.test_controle import pdf
from tests.factures.monde import Facturable, facturable, un_fichier
from tests.navigateur.test_dossiers import entrer
from tests.navigateur.test_prises_en_charge import Regards

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page
    from pytest_django import Settings

pytestmark = pytest.mark.django_db(transaction=True)
ARGENT = "/espace/argent/"


@pytest.fixture
def gens(tmp_path: Path, settings: Settings) -> Facturable:
    """Two months to bill, 140 € and 70 €."""
    settings.MEDIA_ROOT = tmp_path / "fichiers"
    return facturable()


def ailleurs(geste: Callable[[], object]) -> None:
    """What is done in a thread of its own: the browser holds the loop of this one."""

    def passer() -> None:
        try:
            geste()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as fil:
        fil.submit(passer).result()


def facturer(alice: Page, regards: Regards) -> str:
    """The months that may be billed, in one invoice; its number."""
    alice.goto(ARGENT)
    regards.sur(alice)
    alice.locator("#a-facturer a").first.click()
    regards.sur(alice)
    for nom, dit in (
        ("Son adresse", "2 rue de l’Essai"), ("Son code postal", "69001"), ("Sa ville", "Lyon"),
    ):  # fmt: skip
        alice.get_by_label(nom).fill(dit)
    alice.get_by_role("button", name="Émettre la facture").click()
    expect(alice.get_by_text("est émise. Son papier se prépare.")).to_be_visible()
    regards.sur(alice)
    return Facture.objects.latest("pk").numero


def recevoir(alice: Page, dossier: Path, numero: str, regards: Regards) -> None:
    """A bank's file, then the same again."""
    fichier = dossier / "releve.csv"
    jour = f"{timezone.localdate():%d/%m/%Y}"
    fichier.write_bytes(un_fichier((jour, "210,00", f"VIR {numero}"), (jour, "3,00", "AUTRE")))
    alice.goto(f"{ARGENT}banque/")
    regards.sur(alice)
    for dit in (
        "2 règlements notés. 1 paie sa facture. 1 attend que vous disiez ce qu’il paie.",
        "Ce fichier est déjà lu",
    ):
        alice.goto(f"{ARGENT}banque/")
        alice.get_by_label("Le fichier de votre banque").set_input_files(fichier)
        alice.get_by_role("button", name="Lire ce relevé").click()
        expect(alice.get_by_text(dit).first).to_be_visible()
    alice.goto(ARGENT)
    alice.locator("#a-rapprocher li a").first.click()
    regards.sur(alice)


def depenser(eric: Page, gens: Facturable, dossier: Path, regards: Regards) -> None:
    """A meal, with its receipt."""
    eric.goto(f"{ARGENT}accords/{gens.prise.pk}/depense/")
    regards.sur(eric)
    recu = dossier / "recu.pdf"
    recu.write_bytes(pdf(pages=1))
    eric.get_by_label("Ce qui a été payé").select_option("repas")
    eric.get_by_label("Le jour").fill(gens.prise.debut.isoformat())
    eric.get_by_label("Le montant payé").fill("15 €")
    eric.get_by_label("Le justificatif").set_input_files(recu)
    eric.get_by_role("button", name="Déclarer cette dépense").click()
    expect(eric.get_by_text("La dépense est déclarée.")).to_be_visible()
    regards.sur(eric)


def par_le_menu(qui: Page, mot: str) -> None:
    """Where a person's menu leads, on a phone."""
    qui.goto("/espace/")
    qui.get_by_role("button", name="Votre menu").click()
    qui.locator("#menu-espace").get_by_role("link", name=mot).click()


def conges(eric: Page, regards: Regards) -> None:
    """The employer says a day of leave, then takes it back."""
    par_le_menu(eric, "Prises en charge")
    regards.sur(eric)
    eric.get_by_label("Pour qui").select_option(label="Léa Exemple")
    jour = timezone.localdate().replace(day=1).isoformat()
    eric.get_by_label("Du", exact=True).fill(jour)
    eric.get_by_label("Au, compris").fill(jour)
    eric.get_by_role("button", name="Dire ces jours").click()
    expect(eric.get_by_text("Ces jours sont dits")).to_be_visible()
    regards.sur(eric)
    eric.get_by_role("button", name="Retirer").click()
    expect(eric.get_by_text("Ces jours ne comptent plus.")).to_be_visible()


@pytest.mark.long(25)
def test_du_mois_accepte_a_l_avoir_sur_un_telephone(
    ouvrir: Callable[..., Page], gens: Facturable, tmp_path: Path
) -> None:
    regards = Regards()
    # The same file twice is refused, and the browser says so in its console.
    alice = entrer(ouvrir(largeur=390, bruits=("status of 422",)), gens.paye.monde.alice)
    numero = facturer(alice, regards)
    facture = Facture.objects.get()
    assert facture.total_cents == 21_000
    ailleurs(sceller_les_factures)
    alice.goto(f"/espace/suivis/factures/{facture.pk}/")
    with alice.expect_download() as telecharge:
        alice.get_by_role("link", name="Le papier, avec la même facture").click()
    assert telecharge.value.suggested_filename == f"facture-{numero}.pdf"

    eric = entrer(ouvrir(largeur=390), gens.eric)
    depenser(eric, gens, tmp_path, regards)
    conges(eric, regards)

    lea = entrer(ouvrir(largeur=390), gens.paye.monde.lea)
    par_le_menu(lea, "L’argent")
    lea.get_by_role("link", name="Dire ce que j’ai avancé").click()
    regards.sur(lea)
    lea.get_by_label("Ce qui a été payé").select_option("trajet")
    lea.get_by_label("Le jour").fill(gens.prise.debut.isoformat())
    lea.get_by_label("Le montant payé").fill("20 €")
    lea.get_by_role("button", name="Dire cette avance").click()
    expect(lea.get_by_text("20 € à rembourser").first).to_be_visible()
    regards.sur(lea)

    recevoir(alice, tmp_path, numero, regards)
    presence = Presence.objects.select_related("creneau__session__site").earliest("pk")
    bob = Acteur(gens.paye.monde.bob)
    ailleurs(
        lambda: corriger(
            bob, presence, CeQuiSEstPasse(retard=20), "heure", version=presence.version
        )
    )
    alice.goto(ARGENT)
    expect(alice.get_by_role("heading", name="Des avoirs à faire")).to_be_visible()
    regards.sur(alice)
    alice.locator("#avoirs li a").first.click()
    alice.locator("summary", has_text="Faire un avoir").click()
    regards.sur(alice)
    alice.get_by_role("button", name="Émettre l’avoir").click()
    expect(alice.get_by_text("L’avoir")).to_contain_text("est émis")
    regards.sur(alice)
    assert Facture.objects.get(nature="avoir").total_cents == 14_000
    alice.goto(ARGENT)
    expect(alice.locator("#trop")).to_contain_text("140")
    for adresse in ("mentions/", "bilan/", "listes/factures/", "listes/trop/"):
        alice.goto(f"{ARGENT}{adresse}")
        regards.sur(alice)
    assert not regards.fautes, "\n".join(regards.fautes)
