"""What the journeys of the pair's card share: a page that works without network, answered by touch, signed by both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.navigateur.test_dossiers import entrer

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from binome.comptes.models import Personne
    from tests.livret.vie import Binome

COUPURE = ["ERR_", "Failed to fetch"]
REPONSES = ("Sans aide", "Avec aide", "Pas eu l’occasion")


def adresse(binome: Binome) -> str:
    """Of the page that the phone keeps."""
    return f"/espace/livret/{binome.parcours.pk}/"


def ouvrir_le_livret(page: Page, binome: Binome, qui: Personne | None = None) -> Page:
    """Opens the page once, with network, until the phone keeps it."""
    entrer(page, qui or binome.monde.lea)
    page.goto(adresse(binome))
    page.wait_for_selector("html[data-coquille=prete][data-livret=pret]", state="attached")
    return page


def pret(page: Page) -> Page:
    """Waits until the card may be answered."""
    page.wait_for_selector("html[data-livret=pret]", state="attached")
    return page


def carte(page: Page) -> Locator:
    """This week's card."""
    return page.locator("section[data-carte]:not([data-a-venir])")


def repondre(page: Page, rang: int, mot: str | None = None) -> None:
    """Touches one answer of a competence."""
    une = carte(page).locator("fieldset").nth(rang)
    une.locator("label", has_text=mot or REPONSES[rang]).click()
    expect(une.get_by_role("radio", name=mot or REPONSES[rang], exact=True)).to_be_checked()


def phrase(page: Page, rang: int) -> Locator:
    """Where the sentence of a competence is written, unfolded."""
    une = carte(page).locator("fieldset").nth(rang)
    # Looked at and touched at once: the page may unfold it by itself meanwhile, and a touch would fold it again.
    une.locator("details").evaluate("un => { if (!un.open) un.querySelector('summary').click(); }")
    return une.locator("textarea")


def signer(page: Page) -> None:
    """Signs on one's own side; told once that a competence has no answer, signs all the same."""
    muettes = carte(page).locator("fieldset:not(:has(input:checked))").count()
    bouton = carte(page).locator("[data-signer]")
    bouton.click()
    if muettes:
        expect(bouton).to_have_text("Signer quand même")
        bouton.click()
    expect(carte(page).locator("[data-combien]")).to_have_text(
        "C’est signé de votre côté.", use_inner_text=True
    )


def passer(page: Page) -> None:
    """Passes the phone over: the other draws, and confirms."""
    carte(page).get_by_role("button", name="Passez le téléphone").click()
    cadre = page.locator("canvas.toile").bounding_box()
    assert cadre is not None
    gauche, haut = cadre["x"], cadre["y"]
    page.mouse.move(gauche + 30, haut + 40)
    page.mouse.down()
    for rang in range(1, 6):
        page.mouse.move(gauche + 30 + rang * 35, haut + (90 if rang % 2 else 30))
    page.mouse.up()
    page.get_by_role("button", name="Confirmer ma signature").click()
    expect(page.locator("#signer")).to_be_hidden()


def parti(page: Page) -> None:
    """Waits until nothing is left on the phone."""
    expect(page.get_by_text("Rien n’attend sur cet appareil.")).to_be_visible()


def parti_sauf_la_carte(page: Page) -> None:
    """Waits until nothing is left on the phone, but a card that was begun since and is not signed."""
    expect(page.locator(".envois-nombre")).to_contain_text("1 carte commencée ici")
