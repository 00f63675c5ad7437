"""What comes in the place of a part, or of a page, looks and reads as a whole load does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from playwright.sync_api import expect

from binome.comptes.acteur import Acteur
from binome.dossiers.pieces.apercus import APERCUS
from binome.parcours.models import Parcours
from binome.pieces.services import deposer_piece
from binome.presences.recevoir import recevoir
from tests.dossiers.monde import Monde, brouillon, construire, depose
from tests.habillage.test_morceaux import MORCEAUX
from tests.imports.tableau import ligne_de, xlsx
from tests.navigateur.tablettes import un_atelier
from tests.navigateur.test_dossiers import entrer, pdf
from tests.navigateur.test_rien_n_est_perdu import entrer_sans_script
from tests.presences.suivi import recue

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page
    from pytest_django import Settings

pytestmark = pytest.mark.django_db(transaction=True)
ALLURES: Final = """ou => {
  const noms = ['color', 'backgroundColor', 'fill', 'fontFamily', 'fontSize', 'fontWeight', 'display', 'borderTopWidth',
                'borderTopColor', 'paddingTop', 'marginTop', 'listStyleType'];
  const dites = {};
  for (const un of document.querySelectorAll(`${ou}, ${ou} *`)) {
    if (un.closest('[hidden], .avarie, .reprise') || un.matches('br, option')) continue;
    const parent = un.parentElement, nom = `${parent.tagName}.${parent.className} > ${un.tagName}.${un.className}`;
    const lu = getComputedStyle(un);
    (dites[nom] ??= new Set()).add(noms.map((une) => lu[une]).join(' | '));
  }
  return Object.fromEntries(Object.entries(dites).map(([nom, lues]) => [nom, [...lues].sort()]));
}"""
"""How each kind of element is drawn, by its name and that of its parent."""


@pytest.fixture
def monde(tmp_path: Path, settings: Settings) -> Monde:
    """The made-up world, with a shelf of its own."""
    settings.MEDIA_ROOT = tmp_path / "fichiers"
    return construire()


def _saisie(page: Page, monde: Monde) -> None:
    dossier = brouillon(monde)
    entrer(page, monde.alice)
    page.goto(f"/espace/dossiers/{dossier.reference}/saisie/")
    page.get_by_label("Téléphone").fill("06 12 34 56 78")
    page.keyboard.press("Tab")
    expect(page.locator("#etat-saisie [data-garde]")).to_have_text(re.compile("^Enregistré à"))


def _envoyer(page: Page, monde: Monde, *lignes: list[str]) -> None:
    entrer(page, monde.alice)
    page.goto("/espace/imports/")
    page.get_by_label(re.compile("^Votre tableau")).set_input_files(
        {"name": "t.xlsx", "mimeType": "application/vnd.ms-excel", "buffer": xlsx(*lignes)}
    )
    page.get_by_role("button", name="Envoyer et vérifier").click()


def _ligne(page: Page, monde: Monde) -> None:
    _envoyer(page, monde, ligne_de(1, courriel="x"), ligne_de(2, courriel="y"))
    premiere = page.locator("article.fiche form").first
    premiere.locator('input[aria-invalid="true"]').first.fill("encore non")
    with page.expect_response(lambda une: "/lignes/" in une.url):
        premiere.get_by_role("button", name="Vérifier cette ligne").click()
    expect(page.locator('article.fiche input[value="encore non"]')).to_have_count(1)


def _prete(page: Page, monde: Monde) -> None:
    _envoyer(
        page, monde, ligne_de(1, nom="Deux"), ligne_de(2, nom="Deux"), ligne_de(3, courriel="y")
    )
    page.get_by_role("button", name="Ce sont deux personnes").click()
    expect(page.locator(".ligne-faite")).to_be_focused()


def _avancement(page: Page, monde: Monde) -> None:
    """Once it is over, the part leads to the page itself: nothing of it stays to be compared."""
    pytest.skip("held by tests/imports: the last part is a whole load")


def _reponse(page: Page, monde: Monde) -> None:
    """A page just loaded answers nothing: what is ticked is gone with it."""
    pytest.skip("held by tests/navigateur/test_decider.py")


def _apercu(page: Page, monde: Monde) -> None:
    dossier = depose(monde)
    fichier = SimpleUploadedFile("diplome.pdf", pdf(), "application/pdf")
    piece = deposer_piece(dossier, "diplomes", fichier, Acteur(monde.alice), dossier.version)
    entrer(page, monde.alice)
    page.goto(f"/espace/dossiers/{dossier.reference}/pieces/{piece.pk}/")
    expect(page.get_by_text("Les pages se préparent.")).to_be_visible()
    APERCUS.dessiner()
    image = page.get_by_role("img", name="Page 1 du document")
    expect(image).to_have_js_property("complete", True, timeout=15_000)


def _code(page: Page, monde: Monde) -> None:
    """It turns: what comes is never what was there."""
    pytest.skip("held by tests/presences/test_code.py")


def _feuille(page: Page, monde: Monde) -> None:
    """Somebody signs while the trainer looks."""
    atelier = un_atelier(monde, 1)
    entrer(page, monde.bob)
    page.goto(f"/espace/creneaux/{atelier.creneau.uid}/presences/")
    expect(page.get_by_text("Personne n’a signé encore, sur 1")).to_be_visible()
    parcours = Parcours.objects.get(organisme=monde.organisme)
    recevoir(Acteur(monde.bob), atelier.creneau, [recue(parcours)], maintenant=timezone.now())
    expect(page.get_by_text("1 personne sur 1 a signé")).to_be_visible(timeout=15_000)
    expect(page.locator(".htmx-added, .htmx-settling")).to_have_count(0)


SCENES: Final[dict[str, Callable[[Page, Monde], None]]] = {
    "espace/apercu.html": _apercu,
    "espace/decider.html": _reponse,
    "espace/imports/avancement.html": _avancement,
    "espace/imports/ligne.html": _ligne,
    "espace/imports/pretes.html": _prete,
    "espace/saisie.html": _saisie,
    "presences/code.html": _code,
    "presences/creneau.html": _feuille,
}


def test_chaque_morceau_a_sa_scene() -> None:
    assert SCENES.keys() == MORCEAUX.keys()


@pytest.mark.parametrize(
    "nom",
    [
        "espace/saisie.html",
        pytest.param("espace/imports/ligne.html", marks=pytest.mark.long(2)),
        pytest.param("espace/imports/pretes.html", marks=pytest.mark.long(5)),
        pytest.param("espace/apercu.html", marks=pytest.mark.long(8)),
        pytest.param("presences/creneau.html", marks=pytest.mark.long(13)),
    ],
)
def test_un_morceau_vaut_un_chargement(ouvrir: Callable[..., Page], monde: Monde, nom: str) -> None:
    page = ouvrir()
    SCENES[nom](page, monde)
    page.mouse.move(0, 0)
    titre, change = page.title(), page.evaluate(ALLURES, MORCEAUX[nom])
    page.reload()
    entier = page.evaluate(ALLURES, MORCEAUX[nom])
    assert page.title() == titre
    communs = change.keys() & entier.keys()
    assert len(communs) > 2
    assert {un: change[un] for un in communs} == {un: entier[un] for un in communs}


def test_ce_que_l_on_tape_ailleurs_survit_a_une_ligne_corrigee(
    ouvrir: Callable[..., Page], monde: Monde
) -> None:
    page = ouvrir()
    _envoyer(
        page, monde,
        ligne_de(1, nom="Deux", courriel="d@exemple.fr"), ligne_de(2, nom="Deux", courriel="x"),
        ligne_de(3, courriel="y"),
    )  # fmt: skip
    page.get_by_label("Déposer aussitôt").check()
    ailleurs = page.locator("#ligne-4").get_by_label("Adresse électronique")
    ailleurs.fill("a-moitie@")
    page.locator("#ligne-3").get_by_label("Adresse électronique").fill("d@exemple.fr")
    page.locator("#ligne-3").get_by_role("button", name="Vérifier cette ligne").click()
    expect(page.locator(".ligne-faite")).to_be_focused()
    expect(ailleurs).to_have_value("a-moitie@")
    expect(page.get_by_label("Déposer aussitôt")).to_be_checked()
    expect(page.get_by_text("Peut-être la même personne qu’à la ligne 2")).to_be_visible()
    expect(page.get_by_role("button", name="Créer les 2 dossiers")).to_be_visible()


def test_une_page_refusee_vaut_un_chargement(ouvrir: Callable[..., Page], monde: Monde) -> None:
    """The page that the script puts in the place of a refused form's, beside the same without scripts."""
    dossier = brouillon(monde)
    vues = []
    for script in (True, False):
        page = ouvrir(script=script, bruits=["422"])
        entrer_sans_script(page, monde)
        page.goto(f"/espace/dossiers/{dossier.reference}/employeur/")
        page.get_by_label("SIRET ou RPPS").fill("123")
        page.get_by_label("Adresse électronique de l’employeur").fill("cabinet@exemple.fr")
        page.get_by_role("button", name="Associer l’employeur").click()
        expect(page.locator(".resume-des-fautes")).to_be_focused()
        reperes = [un.text_content() for un in page.locator("h1, h2, label, .erreur").all()]
        vues.append((page.title(), reperes, page.locator("link[rel=stylesheet]").count()))
    assert vues[0] == vues[1]
