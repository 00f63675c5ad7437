"""Each door walked to a result, in a real browser: on a phone and a desk, with and without scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.echantillons import un_sur

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.django_db(transaction=True)
REPONSES = {
    "diplomes": "secretaire_medical",
    "date_entree": "2027-01-04",
    "afgsu_niveau": "0",
    "situation": "salarie_cabinet",
}
PORTES = ("candidat", "employeur", "organisme")
SECONDES = 8_000


def attendre_la_suite(page: Page, avant: str) -> None:
    """Until the page is another one than the address `avant`, and is loaded."""
    page.wait_for_url(lambda adresse: adresse != avant)
    page.wait_for_load_state()


def fait_demande(page: Page) -> str:
    """The fact that the page asks for."""
    champ = page.locator("fieldset.question [name]").first
    return str(champ.get_attribute("name"))


def bouton_de(page: Page, nom: str, valeur: str) -> Locator:
    """The answer that one touch gives."""
    return page.locator(f'fieldset.question button[name="{nom}"][value="{valeur}"]')


def repondre(page: Page) -> str:
    """Answers the question of the page, as a person would."""
    nom = fait_demande(page)
    champ = page.locator(f'fieldset.question [name="{nom}"]')
    avant, sorte = page.url, champ.first.get_attribute("type")
    if sorte == "submit":
        bouton_de(page, nom, REPONSES[nom]).click()
    else:
        if sorte == "date":
            champ.fill(REPONSES[nom])
        else:
            page.locator(f'label.carte-choix:has(input[value="{REPONSES[nom]}"])').click()
        page.get_by_role("button", name="Continuer").click()
    page.wait_for_url(lambda adresse: adresse != avant)
    return nom


@pytest.mark.parametrize("porte", un_sur(3, PORTES, 1))
@pytest.mark.parametrize(
    ("largeur", "sombre", "script"),
    [
        (390, False, True),
        pytest.param(1280, True, False, marks=pytest.mark.long(4)),
        pytest.param(390, False, False, marks=pytest.mark.long(4)),
        pytest.param(1280, True, True, marks=pytest.mark.long(4)),
    ],
    ids=["390-script", "1280-sans", "390-sans", "1280-script"],
)
def test_une_secretaire_va_de_l_accueil_a_sa_reponse(
    ouvrir: Callable[..., Page], porte: str, largeur: int, sombre: bool, script: bool
) -> None:
    page = ouvrir(largeur=largeur, sombre=sombre, script=script)
    page.goto("/")
    page.locator(f'a.porte[href="/simulateur/{porte}/"]').click()
    questions = []
    while "/resultat/" not in page.url:
        expect(page.locator("fieldset.question")).to_be_visible()
        questions.append(repondre(page))
        assert len(questions) <= 6
        page.wait_for_load_state()
    expect(page.locator("h1")).to_have_text(re.compile("CQP d’assistant médical.*216.h"))
    assert len(set(questions)) == len(questions)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth") if script else True


def tabuler(page: Page, vers: str) -> None:
    """Presses the tab key until the focus is on what the selector names."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("vers => document.activeElement.matches(vers)", vers):
            return
    pytest.fail(f"le clavier n’atteint pas {vers}")


@pytest.mark.parametrize("porte", un_sur(3, PORTES, 1.2))
@pytest.mark.parametrize(
    "script", [True, pytest.param(False, marks=pytest.mark.long(4))], ids=["script", "sans"]
)
def test_au_clavier_seul(ouvrir: Callable[..., Page], porte: str, script: bool) -> None:
    page = ouvrir(script=script)
    page.goto("/")
    tabuler(page, f'a.porte[href="/simulateur/{porte}/"]')
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/simulateur/{porte}/")
    while "/resultat/" not in page.url:
        nom, avant = fait_demande(page), page.url
        champ = page.locator(f'fieldset.question [name="{nom}"]')
        if champ.first.get_attribute("type") == "date":
            tabuler(page, f'input[name="{nom}"]')
            page.keyboard.type("04012027")
        elif champ.first.get_attribute("type") == "checkbox":
            tabuler(page, f'input[value="{REPONSES[nom]}"]')
            page.keyboard.press("Space")
        else:
            tabuler(page, f'button[name="{nom}"][value="{REPONSES[nom]}"]')
        page.keyboard.press("Enter")
        attendre_la_suite(page, avant)
        if script and "/resultat/" not in page.url:
            # The focus follows to the new question: nothing is lost of the keyboard's place.
            expect(page.locator("main")).to_be_focused()
    expect(page.locator("h1")).to_have_text(re.compile("CQP d’assistant médical.*216.h"))


@pytest.mark.parametrize("script", un_sur(2, [True, False], 1), ids=["script", "sans"])
def test_en_arriere_et_en_avant(ouvrir: Callable[..., Page], script: bool) -> None:
    page = ouvrir(script=script)
    page.goto("/simulateur/candidat/")
    premiere = repondre(page)
    seconde = fait_demande(page)
    page.go_back()
    page.wait_for_url("**/simulateur/candidat/")
    expect(page.locator(f'fieldset.question [name="{premiere}"]').first).to_be_visible()
    page.go_forward()
    expect(page.locator(f'fieldset.question [name="{seconde}"]').first).to_be_visible()
    page.get_by_role("link", name="Revenir à la question d’avant").click()
    expect(page.locator(f'fieldset.question input[value="{REPONSES[premiere]}"]')).to_be_checked()


def test_la_source_s_ouvre_sur_place_puis_a_son_paragraphe(ouvrir: Callable[..., Page]) -> None:
    page = ouvrir(largeur=390)
    page.goto("/simulateur/candidat/resultat/?diplomes=secretaire_medical&date_entree=2027-01-04")
    page.locator("#pourquoi > summary").click()
    sources = page.locator(".raison details.sources").first
    sources.locator("summary").click()
    source = sources.locator(".source-fiche").first
    expect(source.locator(".source-passage")).to_be_visible()
    expect(source).to_contain_text(re.compile("Officiel|Secondaire|Faible"))
    expect(source).to_contain_text(re.compile("l’original|original non en ligne"))
    source.get_by_role("link", name="Ouvrir le paragraphe").click()
    ancre = page.url.partition("#")[2]
    expect(page.locator(f'[id="{ancre}"]')).to_be_in_viewport()


def test_ce_qui_changerait_mene_a_la_reponse_changee(ouvrir: Callable[..., Page]) -> None:
    page = ouvrir()
    page.goto(
        "/simulateur/candidat/resultat/?date_entree=2026-01-15&diplomes=aucun&niveau_diplome=3"
        "&experience_secretaire_mois=20&afgsu_niveau=0&situation=salarie_cabinet"
    )
    ligne = page.locator(".changements li", has_text="4 mois de plus")
    ligne.get_by_role("link", name="Voir cette réponse").click()
    expect(page.locator("h1")).to_have_text(re.compile("216.h"))


def test_le_visiteur_de_2023_a_les_heures_de_2023(ouvrir: Callable[..., Page]) -> None:
    page = ouvrir()
    page.goto("/au/2023-03-01/simulateur/candidat/?diplomes=aucun&niveau_diplome=4")
    expect(page.locator('input[name="date_entree"]')).to_have_value("2023-03-01")
    page.get_by_role("button", name="Continuer").click()
    page.wait_for_url("**date_entree=2023-03-01**")
    expect(page.locator(".encours-phrase")).to_have_text(re.compile("384.h"))
    assert "/au/2023-03-01/" in page.url
