"""Sessions in a real browser, on a phone: prepared without scripts, moved, and each page readable by everyone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest
from playwright.sync_api import expect

from binome.sessions.models import Session
from tests.dossiers.monde import Monde, construire
from tests.navigateur.test_dossiers import entrer
from tests.navigateur.test_pages import AXE, _regarder
from tests.parcours.ailleurs import accueilli
from tests.presences.vie import un_site
from tests.sessions.vie import inscrire, preparee, publier, un_parcours

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page
    from pytest_django import Settings

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def monde(tmp_path: Path, settings: Settings) -> Monde:
    """The made-up world, with a shelf of its own."""
    settings.MEDIA_ROOT = tmp_path / "fichiers"
    return construire()


@pytest.mark.long(6)
def test_une_session_se_prepare_et_se_deplace_sans_scripts(
    ouvrir: Callable[..., Page], monde: Monde
) -> None:
    un_site(monde)
    page = entrer(ouvrir(largeur=390, script=False, bruits=["422"]), monde.alice)
    page.goto("/espace/sessions/nouvelle/")
    page.get_by_label("Le premier jour possible").fill("2027-01-11")
    page.get_by_label("Lundi").uncheck()
    page.get_by_label("Mercredi").check()
    page.get_by_role("button", name="Voir le calendrier").click()
    expect(page.get_by_role("heading", name="Trois paires de jours")).to_be_visible()
    page.get_by_role("button", name="Préparer la session").click()
    expect(page.get_by_text("La session est en préparation.")).to_be_visible()
    page.get_by_role("link", name="mardi 12 janvier 2027, de 9 h à 12 h 30").click()
    page.get_by_label("Le jour").fill("2027-01-17")
    page.get_by_role("button", name="Déplacer le créneau").click()
    expect(page.get_by_text("est un dimanche")).to_be_visible()
    page.get_by_label("Je garde ce jour").check()
    page.get_by_role("button", name="Déplacer le créneau").click()
    expect(page.get_by_text("Le créneau est déplacé.")).to_be_visible()
    expect(
        page.get_by_role("heading", name="Dimanche 17 janvier 2027, de 9 h à 12 h 30")
    ).to_be_visible()
    assert Session.objects.get().jours == "12"


@pytest.mark.long(24)
def test_les_pages_des_sessions_sont_lisibles_par_tous(
    ouvrir: Callable[..., Page], monde: Monde
) -> None:
    session = preparee(monde)
    inscrire(monde, session, un_parcours(monde), 1, 2)
    un_parcours(monde)
    publier(session, monde)
    creneau = session.creneaux.earliest("debut")
    ailleurs = accueilli(monde)
    ici = f"/espace/sessions/{session.pk}/"
    vues = {
        "alice": ["/espace/sessions/", "/espace/sessions/nouvelle/", ici, f"{ici}inscrire/", f"{ici}creneau/",
                  f"/espace/sessions/creneaux/{creneau.uid}/", f"/espace/suivis/parcours/{ailleurs.pk}/",
                  f"/espace/dossiers/{ailleurs.dossier.reference}/hors-de-binome/"],
        "bob": ["/espace/sessions/les-miens/"],
        "lea": [ici, f"/espace/suivis/parcours/{session.inscriptions.get().parcours_id}/"],
        "emma": [ici],
    }  # fmt: skip
    fautes: list[str] = []
    tours: tuple[tuple[int, Literal["light", "dark"]], ...] = ((390, "light"), (1280, "dark"))
    for nom, adresses in vues.items():
        page = entrer(ouvrir(), getattr(monde, nom))
        for adresse in adresses:
            page.goto(adresse)
            page.evaluate(AXE.read_text(encoding="utf-8"))
            for largeur, theme in tours:
                fautes += [f"{nom} {adresse} {un}" for un in _regarder(page, largeur, theme)]
    assert not fautes, "\n".join(fautes)
