"""The aid contract walked in a real browser: phone and desk, with and without scripts, by keyboard."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.navigateur.test_pages import TOURS, Tours, examiner_tout
from tests.navigateur.test_parcours import attendre_la_suite, bouton_de, fait_demande, tabuler
from tests.site.test_aide import GENERALISTE, QUESTION, RESULTAT, adresse

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)
COURTE = 44
SANS_MONTANT = adresse(option_etp="deux", bande_activite="")
ANCIEN = adresse(
    date_signature_contrat_aide="2022-03-01",
    file_active="1600",
    medecins="2",
    zone_sous_dense="oui",
    exercice_coordonne="oui",
    bande_activite="p90_p95",
)
PAGES = (
    QUESTION,
    adresse(QUESTION, salaire_charge_mensuel_cents="-2"),
    adresse(QUESTION, secretaire_promue=""),
    adresse(),
    adresse(bande_activite="inconnu", salaire_charge_mensuel_cents="inconnu"),
    SANS_MONTANT,
    ANCIEN,
    adresse(secteur="2", patientele_mt="500", nouvel_installe="non"),
    RESULTAT,
)


def remplir(page: Page, nom: str) -> None:
    """Answers a question with the mouse, and goes on."""
    champ = page.locator(f'fieldset.question [name="{nom}"]')
    if champ.first.get_attribute("type") == "submit":
        bouton_de(page, nom, GENERALISTE[nom]).click()
    else:
        champ.fill(GENERALISTE[nom])
        page.get_by_role("button", name="Continuer").click()


@pytest.mark.parametrize(
    ("largeur", "sombre", "script"),
    [
        (390, False, True),
        pytest.param(1280, True, False, marks=pytest.mark.long(3)),
        pytest.param(390, False, False, marks=pytest.mark.long(3)),
        pytest.param(1280, True, True, marks=pytest.mark.long(3)),
    ],
    ids=["390-script", "1280-sans", "390-sans", "1280-script"],
)
def test_un_medecin_va_de_sa_porte_a_ses_cinq_ans(
    ouvrir: Callable[..., Page], largeur: int, sombre: bool, script: bool
) -> None:
    page = ouvrir(largeur=largeur, sombre=sombre, script=script)
    page.goto("/simulateur/employeur/")
    page.get_by_role("link", name="Cinq ans d’aide et d’échéances").click()
    page.wait_for_url(f"**{QUESTION}*")
    questions = []
    while "/resultat/" not in page.url:
        nom, avant = fait_demande(page), page.url
        questions.append(nom)
        remplir(page, nom)
        attendre_la_suite(page, avant)
    assert sorted(questions) == sorted(GENERALISTE)
    expect(page.locator("h1")).to_have_text(re.compile("132.000.€"))
    expect(page.locator(".escalier svg")).to_be_visible()
    if script:
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.long(3)
def test_au_clavier_seul(ouvrir: Callable[..., Page]) -> None:
    page = ouvrir()
    page.goto(QUESTION)
    while "/resultat/" not in page.url:
        nom, avant = fait_demande(page), page.url
        champ = page.locator(f'fieldset.question [name="{nom}"]')
        sorte = champ.first.get_attribute("type")
        valeur = f'[value="{GENERALISTE[nom]}"]' if sorte == "submit" else ""
        tabuler(page, f'[name="{nom}"]{valeur}')
        if sorte == "date":
            annee, mois, jour = GENERALISTE[nom].split("-")
            page.keyboard.type(f"{jour}{mois}{annee}")
        elif sorte != "submit":
            page.keyboard.type(GENERALISTE[nom])
        page.keyboard.press("Enter")
        attendre_la_suite(page, avant)
    tabuler(page, "#pourquoi > summary")
    page.keyboard.press("Enter")
    expect(page.locator("#pourquoi[open] .raison").first).to_be_visible()


@pytest.mark.long(8)
@pytest.mark.parametrize("tours", TOURS)
def test_chaque_etat_est_lisible_par_tous(ouvrir: Callable[..., Page], tours: Tours) -> None:
    examiner_tout(ouvrir(), PAGES, tours)


def test_ce_qui_se_touche_est_assez_grand(ouvrir: Callable[..., Page]) -> None:
    page = ouvrir(largeur=390)
    page.goto(adresse(bande_activite="inconnu"))
    hauteurs = page.eval_on_selector_all(
        "main .bouton, main .changements a, main .encart li a, main .dites a, main .detail > summary",
        "tous => tous.map(un => [un.textContent, un.getBoundingClientRect().height])",
    )
    assert len(hauteurs) > 10
    assert [un for un in hauteurs if 0 < un[1] < COURTE] == []


def test_la_table_dit_ce_que_dit_l_image(ouvrir: Callable[..., Page]) -> None:
    page = ouvrir(largeur=390)
    page.goto(adresse())
    dessines = page.locator(".marche-montant").all_text_contents()
    ecrits = page.locator('.tableau-annees td[data-titre="Aide, au plus"]').all_text_contents()
    assert dessines == ecrits
    assert len(ecrits) == 5
