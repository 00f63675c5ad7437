"""The pages of a slot and of who signs it, under axe: on a phone and on a desk, in both lights."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Literal

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from binome.gestes.services import faire
from binome.presences import codes
from binome.presences.apres_coup import presence_de, proposer
from binome.presences.constat import CeQuiSEstPasse
from binome.presences.gel import corriger, noter
from binome.presences.models import Presence
from binome.presences.recevoir import recevoir
from binome.sessions.etats import EtatDeCreneau
from binome.sessions.flows import CRENEAUX
from binome.sessions.models import Creneau
from tests.dossiers.monde import Monde, construire
from tests.navigateur.test_dossiers import entrer
from tests.navigateur.test_pages import AXE, _regarder
from tests.presences.suivi import Suivi, poser, recue, suivre

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page
    from pytest_django import Settings

pytestmark = pytest.mark.django_db(transaction=True)
TOURS: tuple[tuple[int, Literal["light", "dark"]], ...] = (
    (390, "light"), (390, "dark"), (1280, "light"), (1280, "dark"),
)  # fmt: skip


@pytest.fixture
def monde(tmp_path: Path, settings: Settings) -> Monde:
    """The made-up world, with a shelf of its own."""
    settings.MEDIA_ROOT = tmp_path / "fichiers"
    return construire()


def _gele(suivi: Suivi, jours: int, *, signe: bool) -> Creneau:
    """A slot of some days ago, counter-signed."""
    debut = timezone.localtime() - timedelta(days=jours)
    un = poser(suivi.creneau.session, suivi.monde, debut=debut, fin=debut + timedelta(minutes=210))
    if signe:
        lot = [recue(suivi.parcours, signee_le=un.debut)]
        recevoir(suivi.bob, un, lot, maintenant=timezone.now())
    faire(CRENEAUX, "geler", un, suivi.bob, version=un.version)
    return un


def _vivre(monde: Monde) -> tuple[Suivi, Creneau, Creneau]:
    """The slot that goes on, open and noted; one corrected whose hours another counts; one signed after the fact."""
    suivi = suivre(monde)
    _gele(suivi, 3, signe=True)
    double = _gele(suivi, 3, signe=True)
    tenue = Presence.objects.select_related("creneau__session", "parcours__dossier").get(
        creneau=double
    )
    corriger(suivi.bob, tenue, CeQuiSEstPasse(retard=5), "heure", version=tenue.version)
    oubliee = _gele(suivi, 2, signe=False)
    proposer(suivi.lea, presence_de(suivi.lea, oubliee.uid))
    _gele(suivi, 1, signe=False)
    faire(CRENEAUX, "ouvrir", suivi.creneau, suivi.bob, version=suivi.creneau.version)
    noter(suivi.bob, suivi.creneau, suivi.parcours.pk, CeQuiSEstPasse(retard=10))
    return suivi, double, oubliee


def lire_partout(page: Page) -> list[str]:
    page.evaluate("document.querySelectorAll('main details').forEach((un) => { un.open = true; })")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    return [
        f"{page.url} {une}" for largeur, theme in TOURS for une in _regarder(page, largeur, theme)
    ]


@pytest.mark.long(45)
def test_les_pages_d_un_creneau_sont_lisibles_par_tous(
    ouvrir: Callable[..., Page], monde: Monde
) -> None:
    suivi, double, oubliee = _vivre(monde)
    numero = suivi.creneau.session_id
    ici = f"/espace/creneaux/{suivi.creneau.uid}/"
    vues = {
        "bob": [
            f"{ici}presences/", f"{ici}code/", f"{ici}tablette/", f"{ici}papier/",
            f"/espace/creneaux/{double.uid}/presences/", f"/espace/creneaux/{oubliee.uid}/presences/",
            f"/espace/sessions/{numero}/presences/", f"/espace/sessions/{numero}/tableau/", "/espace/sessions/les-miens/",
        ],
        "alice": [f"/espace/sessions/{numero}/serie/"],
        "lea": [f"/espace/suivis/parcours/{suivi.parcours.pk}/"],
    }  # fmt: skip
    fautes: list[str] = []
    for nom, adresses in vues.items():
        page = entrer(ouvrir(), getattr(monde, nom))
        for adresse in adresses:
            page.goto(adresse)
            fautes += lire_partout(page)
        if nom == "alice":
            page.get_by_label("Annuler", exact=True).check()
            page.get_by_role("button", name="Voir ce qui va se passer").click()
            expect(page.get_by_role("heading", name="Ce qui va se passer")).to_be_visible()
            fautes += lire_partout(page)
        if nom == "lea":
            page.goto("/espace/sessions/les-miens/")
            page.get_by_role("button", name="Ouvrir une adresse").click()
            expect(page.get_by_text("Copiez-la maintenant")).to_be_visible()
            fautes += lire_partout(page)
    assert not fautes, "\n".join(fautes)


@pytest.mark.long(20)
def test_les_pages_de_qui_signe_sont_lisibles_par_tous(
    ouvrir: Callable[..., Page], monde: Monde
) -> None:
    suivi = suivre(monde)
    Creneau.objects.update(etat=EtatDeCreneau.OUVERT)
    page, fautes = ouvrir(largeur=390, bruits=["status of 4"]), []
    page.goto("/signer/")
    fautes += lire_partout(page)
    page.get_by_label("Le code affiché dans la salle").fill("FAUX99")
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("alert")).to_be_visible()
    fautes += lire_partout(page)
    page.goto(f"/signer/{codes.adresse(suivi.creneau, timezone.now())}/")
    fautes += lire_partout(page)
    page = entrer(page, monde.lea)
    page.goto(f"/signer/{codes.adresse(suivi.creneau, timezone.now())}/")
    fautes += lire_partout(page)
    page.get_by_role("button", name="Signer ma présence").click()
    expect(page.get_by_role("heading", name="Présence signée")).to_be_visible()
    fautes += lire_partout(page)
    for etat in (EtatDeCreneau.PREVU, EtatDeCreneau.ANNULE):
        Creneau.objects.update(etat=etat)
        page.goto(f"/signer/{codes.adresse(suivi.creneau, timezone.now())}/")
        fautes += lire_partout(page)
    assert not fautes, "\n".join(fautes)
