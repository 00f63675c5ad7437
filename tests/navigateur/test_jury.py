"""A jury in a real browser, on a phone and without scripts: one leaves the vote, one is adjourned on a bloc, comes back and passes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.utils import timezone
from playwright.sync_api import expect

from binome.jurys.blocs import blocs_valides
from binome.jurys.models import Jury, MembreDeJury, ProcesVerbal
from binome.jurys.sceller import pourquoi_rompu, sceller_les_proces_verbaux
from tests.dossiers.monde import Monde, construire
from tests.jurys.vie import membre, regles_d_essai
from tests.navigateur.test_dossiers import entrer
from tests.navigateur.test_pages import AXE, _regarder
from tests.presences.suivi import suivre

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page
    from pytest_django import Settings

    from binome.parcours.models import Parcours

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def monde(tmp_path: Path, settings: Settings) -> Monde:
    """The made-up world, with a shelf of its own."""
    settings.MEDIA_ROOT = tmp_path / "fichiers"
    return construire()


def _gens(monde: Monde) -> list[MembreDeJury]:
    """Five people who may sit today: the first one trained where Léa did."""
    gens = [
        membre(monde, "Aude"),
        membre(monde, "Basile"),
        membre(monde, "Chloé", "salaries"),
        membre(monde, "Denis", "salaries"),
    ]
    MembreDeJury.objects.filter(pk=gens[0].pk).update(organismes=[monde.organisme.pk])
    return gens


def _preparer(page: Page, qui: str) -> None:
    """A jury today, somebody presented, everybody sits, called and open."""
    page.goto("/espace/jurys/")
    page.get_by_role("link", name="Préparer un jury").click()
    page.get_by_label("Jour").fill(timezone.localdate().isoformat())
    page.get_by_label("Heure de début").fill("09:30")
    page.get_by_label("Lieu").fill("Salle d’essai")
    page.get_by_role("button", name="Préparer le jury").click()
    expect(page.get_by_text("Le jury est préparé.")).to_be_visible()
    page.get_by_role("link", name="Présenter des personnes").click()
    page.get_by_label(qui).check()
    page.get_by_role("button", name="Présenter").click()
    page.get_by_role("link", name="Choisir qui siège").click()
    expect(page.get_by_text("Travaille dans l’organisme qui l’a formée")).to_be_visible()
    for case in page.get_by_role("checkbox").all():
        case.check()
    page.get_by_role("button", name="Donner ces places").click()
    page.get_by_role("button", name="Convoquer le jury").click()
    expect(page.get_by_text("Le jury est convoqué.")).to_be_visible()
    page.get_by_role("button", name="Ouvrir la séance").click()
    expect(page.get_by_text("La séance est ouverte.")).to_be_visible()
    # Each answer comes before the next touch: it would be lost on the page that leaves.
    for dit in (
        "Est là : Aude",
        "Est là : Basile",
        "Est là : Chloé",
        "Est là : Denis",
        "Préside : Basile",
    ):
        bouton = page.get_by_role("button", name=dit)
        bouton.click()
        expect(bouton).to_have_count(0)


def _voter(page: Page, bloc: int, *, valide: bool = True) -> None:
    fiche = page.locator(f"#bloc-{bloc}")
    fiche.get_by_label("Validé" if valide else "Ajourné").check()
    fiche.get_by_label("Voix pour valider").fill("3" if valide else "0")
    fiche.get_by_label("Voix contre").fill("0" if valide else "3")
    motif = "Le jury a relu le dossier." if valide else "Une situation d’urgence manque."
    fiche.get_by_label("Motif").fill(motif)
    fiche.get_by_role("button", name=f"Noter la décision du bloc {bloc}").click()
    expect(page.get_by_text("la décision est notée.")).to_be_visible()


def _clore(page: Page) -> None:
    page.get_by_role("link", name="Revenir au jury").click()
    page.get_by_role("button", name="Clore la séance").click()
    expect(page.get_by_text("La séance est close.")).to_be_visible()


def _presentee(monde: Monde) -> Parcours:
    regles_d_essai(monde)
    parcours = suivre(monde).parcours
    _gens(monde)
    return parcours


def _sceller() -> None:
    """Seals the minutes of both juries apart: the browser's loop lives in the thread of the test."""

    def sceller() -> None:
        try:
            assert sceller_les_proces_verbaux() == 2
            assert all(pourquoi_rompu(un) is None for un in ProcesVerbal.objects.order_by("pk"))
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as fil:
        fil.submit(sceller).result()


@pytest.mark.long(25)
def test_qui_est_ajourne_revient_et_passe(ouvrir: Callable[..., Page], monde: Monde) -> None:
    parcours = _presentee(monde)
    qui = parcours.dossier.personne
    page = entrer(ouvrir(largeur=390, script=False), monde.ana)
    _preparer(page, qui)
    page.get_by_role("link", name=qui).click()
    expect(page.get_by_text("Aude D’essai quitte le vote")).to_be_visible()
    for bloc in (1, 2, 4):
        _voter(page, bloc)
    _voter(page, 3, valide=False)
    _clore(page)
    lea = entrer(ouvrir(largeur=390, script=False), monde.lea)
    lea.goto(f"/espace/suivis/parcours/{parcours.pk}/")
    expect(lea.get_by_text("Une situation d’urgence manque.")).to_be_visible()
    expect(lea.get_by_text("Il reste 1 bloc à valider")).to_be_visible()
    assert set(blocs_valides(parcours)) == {1, 2, 4}
    # Another day, as far as the people who sit are concerned: they are free again.
    Jury.objects.update(jour=timezone.localdate() - timedelta(days=1))
    _preparer(page, qui)
    page.get_by_role("link", name=qui).click()
    expect(page.get_by_text("2e présentation")).to_be_visible()
    expect(page.locator("#bloc-1")).to_have_count(0)
    _voter(page, 3)
    _clore(page)
    assert set(blocs_valides(parcours)) == {1, 2, 3, 4}
    _sceller()
    page.reload()
    expect(page.get_by_role("link", name="Procès-verbal scellé")).to_be_visible()


@pytest.mark.long(20)
def test_les_pages_des_jurys_sont_lisibles_par_tous(
    ouvrir: Callable[..., Page], monde: Monde
) -> None:
    parcours = _presentee(monde)
    page = entrer(ouvrir(largeur=390), monde.ana)
    _preparer(page, parcours.dossier.personne)
    jury = Jury.objects.get()
    presentation = jury.presentations.get()
    un = MembreDeJury.objects.earliest("pk")
    fautes: list[str] = []
    for adresse in (
        "/espace/jurys/", "/espace/jurys/nouveau/", "/espace/jurys/regles/", "/espace/jurys/membres/",
        f"/espace/jurys/membres/{un.pk}/", "/espace/jurys/places/", "/espace/jurys/vae/",
        f"/espace/jurys/{jury.pk}/", f"/espace/jurys/{jury.pk}/places/", f"/espace/jurys/{jury.pk}/presenter/",
        f"/espace/jurys/{jury.pk}/seance/{presentation.pk}/",
    ):  # fmt: skip
        page.goto(adresse)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        fautes += [f"{adresse} {une}" for une in _regarder(page, 390, "light")]
    assert not fautes, "\n".join(fautes)
