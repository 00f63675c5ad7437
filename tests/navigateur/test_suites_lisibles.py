"""What follows a jury, under axe: a result contested and answered, a title delivered, withdrawn, given again on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from binome.jurys.flows import JURYS
from binome.jurys.models import Jury, RecoursDeJury
from binome.titres.delivrance import delivrer
from tests.dossiers.monde import Monde, construire
from tests.jurys.vie import geste, preparer_le_jury, voter
from tests.jurys.vie import ouvrir as ouvrir_la_seance
from tests.navigateur.test_dossiers import entrer
from tests.navigateur.test_presences_lisibles import lire_partout
from tests.titres.monde import certifiable, en_jury
from tests.titres.test_delivrance import revoquer

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


def _lire(page: Page, adresse: str) -> list[str]:
    """What is wrong with a page that is there."""
    reponse = page.goto(adresse)
    assert reponse is not None
    assert reponse.ok, adresse
    return lire_partout(page)


@pytest.mark.long(10)
def test_un_recours_se_lit_par_tous(ouvrir: Callable[..., Page], monde: Monde) -> None:
    vie = ouvrir_la_seance(preparer_le_jury(monde))
    ana, lea = (entrer(ouvrir(), qui) for qui in (monde.ana, monde.lea))
    fautes: list[str] = []

    def lire(page: Page, adresse: str) -> None:
        fautes.extend(_lire(page, adresse))

    seance = f"/espace/jurys/{vie.jury.pk}/seance/{vie.presentation.pk}/"
    lire(ana, seance)
    for bloc in (1, 2, 4):
        voter(vie, bloc, raison="Le jury a relu le dossier.")
    voter(vie, 3, "ajourne", raison="Une situation manque.", recommandation="Revoir l’urgence.")
    for adresse in (seance, f"/espace/jurys/{vie.jury.pk}/"):
        lire(ana, adresse)
    geste(JURYS, "clore", vie.relire().jury, vie.ana)
    lire(ana, f"/espace/jurys/{vie.jury.pk}/")
    lire(lea, f"/espace/suivis/parcours/{vie.parcours.pk}/")
    lire(lea, f"/espace/jurys/resultats/{vie.presentation.pk}/contester/")
    lea.locator("textarea").last.fill("J’ai traité cette situation.")
    lea.locator("main form").last.get_by_role("button").click()
    expect(lea.get_by_text("J’ai traité cette situation.").first).to_be_visible()
    sien = f"/espace/suivis/recours_de_jury/{RecoursDeJury.objects.get().pk}/"
    for page in (ana, lea):
        lire(page, sien)
    assert not fautes, "\n".join(fautes)


@pytest.mark.long(10)
def test_un_titre_retire_se_lit_par_tous(ouvrir: Callable[..., Page], monde: Monde) -> None:
    parcours, acteur = certifiable(monde), en_jury(monde)
    ana, lea = (entrer(ouvrir(), qui) for qui in (monde.ana, monde.lea))
    fautes: list[str] = []

    def lire(page: Page, adresse: str) -> None:
        fautes.extend(_lire(page, adresse))

    lire(ana, f"/espace/suivis/parcours/{parcours.pk}/")
    titre = delivrer(parcours, acteur)
    for adresse in (
        "/espace/titres/",
        "/espace/titres/mentions/",
        f"/espace/suivis/titres/{titre.pk}/",
        f"/espace/titres/jurys/{Jury.objects.get().pk}/",
        f"/espace/suivis/parcours/{parcours.pk}/",
    ):
        lire(ana, adresse)
    lire(lea, f"/espace/suivis/titres/{titre.pk}/")
    revoquer(titre, acteur)
    for page in (ana, lea):
        lire(page, f"/espace/suivis/titres/{titre.pk}/")
    lire(ana, f"/espace/suivis/parcours/{parcours.pk}/")
    assert not fautes, "\n".join(fautes)
