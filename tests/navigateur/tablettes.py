"""What the journeys of a tablet share: a slot with three people, a page that works without network, a signature drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from playwright.sync_api import expect

from binome.bureau.decisions import decider
from binome.comptes.acteur import Acteur
from binome.dossiers.models import Dossier
from binome.parcours.models import Parcours
from tests.dossiers.monde import Monde, notifiee, propose
from tests.navigateur.test_dossiers import entrer
from tests.presences.suivi import inscrire, poser
from tests.presences.vie import une_session

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from binome.comptes.models import Personne
    from binome.sessions.models import Creneau

NOMS = ("Anaïs Aubry", "Bruno Besse", "Chloé Caron")


class Atelier(NamedTuple):
    """A slot that Bob teaches, and the made-up people who are expected in it."""

    monde: Monde
    creneau: Creneau

    @property
    def adresse(self) -> str:
        """Of the page that the tablet keeps."""
        return f"/espace/creneaux/{self.creneau.uid}/tablette/"


def un_atelier(monde: Monde, combien: int = len(NOMS)) -> Atelier:
    """A slot that began an hour ago, with as many people as asked."""
    session = une_session(monde)
    for nom in NOMS[:combien]:
        dossier = propose(monde)
        decider(dossier, Acteur(monde.emma), version=dossier.version)
        dossier = notifiee(dossier)
        prenom, famille = nom.split()
        Dossier.objects.filter(pk=dossier.pk).update(prenom=prenom, nom=famille)
        inscrire(session, Parcours.objects.get(dossier=dossier), monde)
    return Atelier(monde, poser(session, monde))


def ouvrir_la_tablette(page: Page, atelier: Atelier, qui: Personne | None = None) -> Page:
    """Opens the page of the slot once, with network, until the device keeps it."""
    entrer(page, qui or atelier.monde.bob)
    page.goto(atelier.adresse)
    page.wait_for_selector("html[data-coquille=prete][data-tablette=prete]", state="attached")
    return page


def prete(page: Page) -> Page:
    """Waits until somebody may sign."""
    page.wait_for_selector("html[data-tablette=prete]", state="attached")
    return page


def signer(page: Page, nom: str, biais: int = 0) -> None:
    """Draws a signature, and confirms it."""
    page.get_by_role("button", name=f"Signer : {nom}").click()
    expect(page.get_by_role("heading", name=nom)).to_be_visible()
    cadre = page.locator("canvas.toile").bounding_box()
    assert cadre is not None
    gauche, haut = cadre["x"], cadre["y"]
    page.mouse.move(gauche + 30, haut + 40 + biais)
    page.mouse.down()
    for rang in range(1, 6):
        page.mouse.move(gauche + 30 + rang * 35, haut + (90 if rang % 2 else 30) + biais)
    page.mouse.up()
    page.get_by_role("button", name="Confirmer ma signature").click()
    expect(page.get_by_role("heading", name=nom)).to_be_hidden()
