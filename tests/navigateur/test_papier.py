"""Pages on paper: no menu, no filter, the sources readable, no table cut."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from binome.bureau.decisions import decider
from binome.comptes.acteur import Acteur
from tests.dossiers.monde import construire, propose
from tests.dossiers.navigation import notifier
from tests.echantillons import un_sur
from tests.navigateur.test_dossiers import entrer

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

LARGES = "() => [...document.querySelectorAll('table, svg, pre')].filter(un => un.getBoundingClientRect().right > innerWidth + 1).length"


def _imprimer(page: Page, adresse: str) -> str:
    page.goto(adresse)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 718, "height": 1000})  # A4 within its margins
    assert page.evaluate(LARGES) == 0, f"{adresse} : quelque chose est coupé à droite"
    pages = PdfReader(BytesIO(page.pdf(format="A4"))).pages
    return " ".join(" ".join(une.extract_text() for une in pages).split())


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "adresse",
    un_sur(3, ("/regles/dispense.40913.secretaire/", "/organismes/", "/financement/"), 3),
)
def test_une_page_publique_s_imprime_sans_menu_et_avec_ses_sources(
    ouvrir: Callable[..., Page], adresse: str
) -> None:
    texte = _imprimer(ouvrir(), adresse).lower()
    assert "votre espace" not in texte
    assert "rubriques" not in texte
    assert "asfo" in texte or "igas" in texte, "les sources se lisent"


@pytest.mark.django_db(transaction=True)
@pytest.mark.long(3)
def test_un_dossier_s_imprime_sans_ses_gestes(ouvrir: Callable[..., Page]) -> None:
    """What is said stays, the reasons too; what one may do there, and the passages of the sources, do not."""
    monde = construire()
    dossier = propose(monde)
    decider(dossier, Acteur(monde.emma), version=dossier.version, raison="autre", ecart="Pour l’essai.")  # fmt: skip
    notifier(dossier)
    page = entrer(ouvrir(), monde.lea)
    lue = f"/espace/dossiers/{dossier.reference}/"
    texte = _imprimer(page, lue)
    for dit in (
        "La décision",
        "Pourquoi cette décision",
        "Prérequis rempli",
        "Ce que dit le dossier",
    ):
        assert dit in texte, dit
    for tu in ("Ce que vous contestez", "Ouvrir le paragraphe", "Votre espace", "Vos données"):
        assert tu not in texte, tu
    assert page.locator("input[type=file]:visible").count() == 0
    assert page.locator("textarea:visible").count() == 0
    assert len(PdfReader(BytesIO(page.pdf(format="A4"))).pages) <= 5
