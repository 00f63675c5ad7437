"""The funding in a real browser: every state readable by all, the form without scripts, the keyboard."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.echantillons import un_sur
from tests.navigateur.test_pages import TOURS, Tours, examiner_tout
from tests.navigateur.test_parcours import tabuler
from tests.site.test_financement import adresse

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)
COURTE = 44
EN_2026 = {"date_entree": "2026-11-25", "duree_parcours_mois": "14", "heures_semaine": "35"}
PAGES = (
    "/financement/",
    "/au/2023-06-01/financement/",
    "/au/2025-05-10/financement/",
    adresse(),
    adresse("employeur", **EN_2026),
    adresse("organisme", **EN_2026, age="17", publics="minima_sociaux"),
    adresse(age="abc", contrat="x", date_avenant_contrat="2025-02-31"),
    adresse(situation="demandeur_emploi", date_entree="2026-06-15", age="19", diplomes=""),
    "/simulateur/candidat/financement/",
    "/regles/taux-pdc.2023.opco-ep/",
    "/regles/pro-a.part-maximale/",
    "/regles/?vue=financement",
    "/regles/comparer/?avant=2025-12-31&apres=2026-02-01",
)


@pytest.mark.long(8)
@pytest.mark.parametrize("tours", TOURS)
def test_chaque_etat_est_lisible_par_tous(ouvrir: Callable[..., Page], tours: Tours) -> None:
    examiner_tout(ouvrir(), PAGES, tours)


@pytest.mark.parametrize("largeur", un_sur(2, [390, 1280], 0.5))
def test_chaque_detail_deplie_tient_dans_la_page(ouvrir: Callable[..., Page], largeur: int) -> None:
    page = ouvrir(largeur=largeur)
    page.goto(adresse("organisme", **EN_2026))
    page.eval_on_selector_all("details", "tous => tous.forEach(un => { un.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("script", un_sur(2, [True, False], 1), ids=["script", "sans"])
def test_le_formulaire_tranche_une_voie(ouvrir: Callable[..., Page], script: bool) -> None:
    page = ouvrir(largeur=390, script=script)
    page.goto(adresse(date_entree="2026-11-25"))
    expect(page.locator("#periode-reconversion .etat-voie")).to_have_text("à vérifier")
    page.locator("#preciser > summary").click()
    page.get_by_label(re.compile("Combien de mois durera")).fill("10")
    page.get_by_role("button", name="Recalculer").click()
    page.wait_for_url("**duree_parcours_mois=10**")
    expect(page.locator("#periode-reconversion .etat-voie")).to_have_text("ouverte")
    expect(page.locator("h1")).to_have_text(re.compile("Trois voies"))


def test_au_clavier_seul(ouvrir: Callable[..., Page]) -> None:
    page = ouvrir()
    page.goto(adresse())
    tabuler(page, "#pdc .detail > summary")
    page.keyboard.press("Enter")
    expect(page.locator("#pdc .detail[open] .raison").first).to_be_visible()
    tabuler(page, "#pdc details.sources > summary")
    page.keyboard.press("Enter")
    expect(page.locator("#pdc details.sources[open] .source-passage").first).to_be_visible()


def test_les_cartes_deviennent_une_table(ouvrir: Callable[..., Page]) -> None:
    page = ouvrir(largeur=390)
    page.goto(adresse())
    expect(page.locator("#pdc th")).to_have_css("display", "block")
    page.set_viewport_size({"width": 900, "height": 900})
    expect(page.locator("#pdc th")).to_have_css("display", "table-cell")
    expect(page.locator(".voies thead")).to_be_visible()


def test_ce_qui_se_touche_est_assez_grand(ouvrir: Callable[..., Page]) -> None:
    page = ouvrir(largeur=390)
    page.goto(adresse(**EN_2026, age="abc"))
    hauteurs = page.eval_on_selector_all(
        "main .bouton, main .changements a, main .encart li a, main .dites a, main .fil a,"
        " main .detail > summary, main input:not([type=hidden], [type=checkbox]), main select,"
        " main .carte-choix",
        "tous => tous.map(un => [un.textContent, un.getBoundingClientRect().height])",
    )
    assert len(hauteurs) > 20
    assert [un for un in hauteurs if 0 < un[1] < COURTE] == []
