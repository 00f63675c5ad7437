"""The network in a real browser, on a phone: an organisation answers a call without scripts, and each page is readable."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from binome.reseau.models import Candidature, Convention, SiteDeFormation
from tests.dossiers.monde import Monde, construire
from tests.navigateur.test_dossiers import entrer
from tests.navigateur.test_pages import AXE, _regarder
from tests.reseau.vie import un_appel, un_formateur, une_candidature, une_convention

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


@pytest.mark.long(10)
def test_un_organisme_dit_son_site_puis_repond_sans_scripts(
    ouvrir: Callable[..., Page], monde: Monde
) -> None:
    un_appel(monde)
    un_formateur(monde)
    page = entrer(ouvrir(largeur=390, script=False, bruits=["422"]), monde.alice)
    page.goto("/espace/reseau/")
    page.get_by_role("link", name="Ajouter un site").click()
    page.get_by_label("Nom du site").fill("Laval centre")
    page.get_by_label("Commune").fill("Laval")
    page.get_by_label("Département").select_option("53")
    page.get_by_role("button", name="Ajouter un site").click()
    expect(page.get_by_text("Le site est ajouté.")).to_be_visible()
    assert SiteDeFormation.objects.get().places is None
    page.get_by_role("link", name="Appel d’essai").click()
    page.get_by_role("button", name="Répondre à l’appel").click()
    page.get_by_label("En présence, sur un site").check()
    page.get_by_label("Laval centre, Laval").check()
    page.get_by_role("button", name="Enregistrer, et envoyer à la branche").click()
    expect(page.get_by_text("Il manque encore")).to_be_visible()
    for bloc in range(1, 5):
        page.get_by_label(f"Bloc {bloc} : part à distance").fill("0")
    page.get_by_label("Personnes que vous pouvez former par an").fill("24")
    page.get_by_label("Zoé Zylberstéin").check()
    page.get_by_label("Numéro du certificat Qualiopi").fill("QUA 1")
    page.get_by_label("Certificat valable du").fill("2026-01-01")
    page.get_by_label("Certificat valable jusqu’au").fill("2028-12-31")
    page.get_by_role("button", name="Enregistrer, et envoyer à la branche").click()
    expect(page.get_by_text("La candidature est envoyée à la branche.")).to_be_visible()
    assert Candidature.objects.get().etat == "deposee"


@pytest.mark.long(20)
def test_les_pages_du_reseau_sont_lisibles_par_tous(
    ouvrir: Callable[..., Page], monde: Monde
) -> None:
    une_convention(monde)
    brouillon = une_candidature(monde, un_appel(monde, titre="Un autre appel"))
    convention, site = Convention.objects.get(), SiteDeFormation.objects.get()
    appel = un_appel(monde, titre="En préparation", publie=False)
    fautes: list[str] = []
    for qui, adresses in (
        (monde.alice, [
            "/espace/reseau/", "/espace/reseau/sites/nouveau/", "/espace/reseau/formateurs/nouveau/",
            f"/espace/reseau/candidatures/{brouillon.pk}/", f"/espace/suivis/sites/{site.pk}/",
            f"/espace/suivis/formateurs/{convention.candidature.formateurs[0]}/",
            f"/espace/suivis/appels/{brouillon.appel_id}/",
        ]),
        (monde.emma, [
            "/espace/reseau/", "/espace/reseau/couverture/", f"/espace/reseau/appels/{appel.pk}/",
            f"/espace/suivis/candidatures/{convention.candidature_id}/",
            f"/espace/suivis/conventions/{convention.pk}/",
        ]),
    ):  # fmt: skip
        page = entrer(ouvrir(largeur=390), qui)
        for adresse in adresses:
            page.goto(adresse)
            page.evaluate(AXE.read_text(encoding="utf-8"))
            fautes += [f"{adresse} {un}" for un in _regarder(page, 390, "light")]
    assert not fautes, "\n".join(fautes)
