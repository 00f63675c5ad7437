"""A grid filled on a tablet, its network cut: kept, sent once, corrected, told; read by axe at 390 px."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from binome.epreuves.accorder import accorder, donner_un_avis
from binome.epreuves.models import Grille, VerdictDeCompetence
from tests.dossiers.monde import Monde, construire
from tests.epreuves.monde import commencer, examen, grille, prevue, rendre
from tests.navigateur.test_dossiers import entrer
from tests.navigateur.test_pages import AXE, _regarder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page
    from pytest_django import Settings

pytestmark = pytest.mark.django_db(transaction=True)
COUPURE = ["ERR_", "Failed to fetch"]


@pytest.fixture
def monde(tmp_path: Path, settings: Settings) -> Monde:
    """The made-up world, with a shelf of its own."""
    settings.MEDIA_ROOT = tmp_path / "fichiers"
    return construire()


def prete(page: Page) -> None:
    """Waits for the page to be ready to work without network."""
    page.wait_for_selector("html[data-grilles=pretes]", state="attached")


def repondre(page: Page, competence: str, verdict: str) -> None:
    """Taps one of the three answers."""
    une = page.locator(f"[data-competence={competence}]")
    une.locator("label").get_by_role("radio", name=verdict, exact=True).check()


@pytest.mark.long(12)
def test_une_grille_sans_reseau_part_une_fois_puis_se_corrige(
    ouvrir: Callable[..., Page], monde: Monde
) -> None:
    """Begun, the page reloaded, finished, saved and corrected without network; then sent, each once."""
    un = examen(monde)
    commencer(prevue(un))
    page = ouvrir(largeur=390, hors_ligne=True, bruits=COUPURE)
    entrer(page, monde.bob)
    page.goto("/espace/epreuves/")
    page.get_by_role("link", name="Ouvrir les grilles").click()
    page.wait_for_selector("html[data-coquille=prete][data-grilles=pretes]", state="attached")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert [*_regarder(page, 390, "light"), *_regarder(page, 820, "dark")] == []
    page.context.set_offline(True)
    repondre(page, "B1M1C1", "Acquis")
    page.reload()
    expect(page.get_by_text(re.compile("^Copie de .* sans réseau"))).to_be_visible()
    prete(page)
    expect(page.locator("[name=verdict-B1M1C1][value=acquis]")).to_be_checked()
    repondre(page, "B1M1C2", "Non acquis")
    # Touched twice: one grid only is kept.
    page.get_by_role("button", name="Enregistrer la grille").evaluate(
        "un => { un.click(); un.click(); }"
    )
    expect(page.get_by_text("pas encore envoyée")).to_be_visible()
    page.reload()
    prete(page)
    expect(page.locator("[name=verdict-B1M1C2][value=non_acquis]")).to_be_checked()
    repondre(page, "B1M1C2", "Acquis")
    page.get_by_role("button", name="Enregistrer la grille").click()
    expect(page.get_by_text("2 envois en attente depuis")).to_be_visible()
    assert not Grille.objects.exists()
    page.context.set_offline(False)
    expect(page.get_by_text("Grille envoyée, remplie à")).to_be_visible()
    expect(page.get_by_text("Rien n’attend sur cet appareil.")).to_be_visible()
    for _ in range(2):
        page.reload()
        prete(page)
    expect(page.get_by_text("Grille enregistrée le")).to_be_visible()
    assert [une.etat for une in Grille.objects.order_by("pk")] == ["remplacee", "vigueur"]
    tenus = VerdictDeCompetence.objects.filter(grille__etat="vigueur").order_by("competence")
    assert [(un.competence, un.verdict) for un in tenus] == [
        ("B1M1C1", "acquis"),
        ("B1M1C2", "acquis"),
    ]


@pytest.mark.long(24)
def test_les_pages_des_epreuves_sont_lisibles_par_tous(
    ouvrir: Callable[..., Page], monde: Monde
) -> None:
    un = examen(monde)
    passation = prevue(un)
    rendre(un.bob, grille(passation))
    accorder(un.parcours, {"mesure": "temps", "temps": "1/3"}, un.alice)
    donner_un_avis(un.parcours, 1, "acquis", "", un.binome.tutrice)
    numero = un.parcours.pk
    ici = f"/espace/epreuves/parcours/{numero}/"
    vues = {
        monde.alice: [
            f"/espace/epreuves/sessions/{un.session.pk}/",
            f"/espace/epreuves/passations/{passation.pk}/",
            ici,
        ],
        monde.bob: ["/espace/epreuves/"],
        monde.lea: [ici, f"/espace/suivis/parcours/{numero}/"],
        un.binome.tara: [f"{ici}avis/"],
    }
    fautes: list[str] = []
    for qui, adresses in vues.items():
        page = entrer(ouvrir(), qui)
        for adresse in adresses:
            page.goto(adresse)
            page.evaluate("document.querySelectorAll('details').forEach(un => { un.open = true; })")
            page.evaluate(AXE.read_text(encoding="utf-8"))
            fautes += [f"{adresse} {une}" for une in _regarder(page, 390, "light")]
            fautes += [f"{adresse} {une}" for une in _regarder(page, 1280, "dark")]
    assert not fautes, "\n".join(fautes)
