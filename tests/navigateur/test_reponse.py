"""The answer in a real browser: it helps within three screens, prints on two sheets, and no swap loses its clothes."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.echantillons import un_sur
from tests.navigateur.conftest import CHROMIUM, DRAPEAUX
from tests.site.test_aide import adresse as aide
from tests.site.test_reponse import EN_MAI, PRESQUE, SECRETAIRE

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.django_db(transaction=True)
RESULTAT = f"/simulateur/candidat/resultat/?{SECRETAIRE}"
HYPOTHESE = f"/simulateur/candidat/resultat/?{PRESQUE}&{EN_MAI}"
COMPARER = f"/simulateur/candidat/comparer/?{PRESQUE}&{EN_MAI}"
HAUTEURS = ((RESULTAT, 4_000), (aide(), 5_000), (HYPOTHESE, 4_400), (COMPARER, 4_400))
FEUILLES = ((RESULTAT, 2), (aide(), 4))
COMPARER_L_AIDE = aide("/simulateur/employeur/aide/comparer/") + "&si.option_etp=demi"
DEUX_PERSONNES = (
    f"/simulateur/employeur/comparer/?{SECRETAIRE}&personnes=deux"
    "&si.diplomes=ide&si.situation=salarie_cabinet"
)
LARGES = (
    RESULTAT,
    f"{RESULTAT}&zone=A",
    "/",
    aide(),
    COMPARER,
    COMPARER_L_AIDE,
    DEUX_PERSONNES,
    RESULTAT.replace("resultat", "financement"),
    "/simulateur/candidat/",
    "/financement/",
    "/regles/",
    "/regles/comparer/",
    "/regles/dispense.40913.secretaire/",
    "/referentiels/rncp40913/",
    "/referentiels/",
    "/reformes/",
    "/ecarts/",
    "/ecarts/totaux/",
    "/missions/",
    "/organismes/",
    "/sources/",
    "/mots/",
    "/chercher/?q=dispense",
    "/accessibilite/",
    "/api/",
    "/api/operations/positionner/?corps={}",
    "/preuves/",
    "/verifier/",
)
"""One page of each sort, to be read with letters twice as large, and on the narrowest screen."""
LISTES = (
    ("/regles/", 7),
    ("/regles/?vue=aide", 6),
    ("/ecarts/", 6),
    ("/missions/", 4),
    ("/organismes/", 5),
    ("/financement/", 6),
    ("/referentiels/", 6),
    ("/sources/", 3),
    ("/api/objets/", 3),
)
"""Lists that took up to twenty-two sheets, and the sheets that they may take."""
HAUTEUR = "document.documentElement.scrollHeight"
ECRAN = 844
NOIRS = """() => [...document.querySelectorAll('main svg rect')].filter(un => {
  const vu = getComputedStyle(un);
  return vu.fill === 'rgb(0, 0, 0)' || (vu.fill.startsWith('url') && !document.querySelector(vu.fill.slice(5, -2)));
}).length"""
"""Bars without their colour, or whose pattern is not on the page: what a page that lost its styles shows."""
ATTRIBUTS = (
    "['fill', 'stroke', 'color', 'font-family', 'background-color', 'border-left-color', 'display']"
)
VETEMENTS = f"""() => [...document.querySelectorAll('main *')].slice(0, 600).map(un => {{
  const vu = getComputedStyle(un);
  return un.tagName + {ATTRIBUTS}.map(nom => vu.getPropertyValue(nom)).join('|');
}})"""
"""What each element of the page wears."""


@pytest.mark.parametrize(("adresse", "au_plus"), un_sur(4, HAUTEURS, 0.7))
def test_une_reponse_tient_en_peu_d_ecrans(
    ouvrir: Callable[..., Page], adresse: str, au_plus: int
) -> None:
    page = ouvrir(largeur=390)
    page.goto(adresse)
    assert page.evaluate(HAUTEUR) <= au_plus


def test_le_premier_ecran_repond_et_trois_disent_l_essentiel(ouvrir: Callable[..., Page]) -> None:
    page = ouvrir(largeur=390)
    page.goto(RESULTAT)
    bas = "un => un.getBoundingClientRect().bottom"
    assert page.locator("h1").evaluate(bas) < ECRAN / 2
    assert page.locator(".etape").first.evaluate(bas) < ECRAN
    assert (
        page.locator("#documents").evaluate("un => un.getBoundingClientRect().top")
        < 3 * ECRAN + 200
    )
    assert page.locator("details.sources[open]").count() == 0


@pytest.mark.long(2)
@pytest.mark.parametrize(("adresse", "au_plus"), FEUILLES)
def test_une_reponse_s_imprime_sur_peu_de_feuilles_et_porte_son_jour(
    ouvrir: Callable[..., Page], adresse: str, au_plus: int
) -> None:
    page = ouvrir()
    page.goto(adresse)
    feuilles = PdfReader(BytesIO(page.pdf(format="A4"))).pages
    assert len(feuilles) <= au_plus
    texte = " ".join(" ".join(une.extract_text() for une in feuilles).split())
    assert re.search(r"Imprimé le \d{1,2}(er)? \w+ \d{4}", texte)
    assert adresse[:40] in texte.replace(" ", "")


@pytest.mark.long(1)
@pytest.mark.parametrize(("adresse", "au_plus"), LISTES)
def test_une_liste_s_imprime_sur_peu_de_feuilles(
    ouvrir: Callable[..., Page], adresse: str, au_plus: int
) -> None:
    page = ouvrir()
    page.goto(adresse)
    assert len(PdfReader(BytesIO(page.pdf(format="A4"))).pages) <= au_plus


@pytest.mark.parametrize(
    ("adresse", "largeur", "sombre", "script"),
    un_sur(
        12,
        [
            (adresse, largeur, sombre, script)
            for adresse in (RESULTAT, aide(), COMPARER)
            for largeur, sombre in ((390, False), (1280, True))
            for script in (True, False)
        ],
        1.5,
    ),
)
def test_aucune_barre_n_est_noire(
    ouvrir: Callable[..., Page], adresse: str, largeur: int, sombre: bool, script: bool
) -> None:
    page = ouvrir(largeur=largeur, sombre=sombre)
    page.goto(adresse)
    assert page.locator("main svg rect").count() > 3 or "comparer" in adresse
    assert page.evaluate(NOIRS) == 0
    if not script:
        muette = ouvrir(largeur=largeur, sombre=sombre, script=False)
        muette.goto(adresse)
        expect(muette.locator("h1")).to_be_visible()
        expect(muette.get_by_role("button", name="Copier l’adresse")).to_have_count(0)


PORTES = {
    "candidat": RESULTAT,
    "employeur": RESULTAT.replace("candidat", "employeur"),
    "organisme": RESULTAT.replace("candidat", "organisme"),
    "aide": aide(),
}
"""Each door, by the address of its result."""
SUITES = ("Comparer toutes les voies", "Comparer avec une autre")
"""Where one goes from a result: pages that must come dressed too."""


def _par_ses_questions(page: Page, adresse: str) -> None:
    """To a result as its door leads there: the last question, answered."""
    page.goto(
        adresse.replace("resultat/", "")
        if "/aide/" in adresse
        else adresse.replace("/resultat/", "/") + "&question=date_entree"
    )
    if "/resultat/" not in page.url:
        page.get_by_role("button", name="Continuer").click()
        page.wait_for_url("**/resultat/**")
    page.wait_for_load_state()


def _porte_la_meme_chose(page: Page) -> None:
    """What the page wears now is what it wears when its address is loaded."""
    venue: list[Any] = page.evaluate(VETEMENTS)
    page.goto(page.url)
    assert page.evaluate(VETEMENTS) == venue, page.url
    assert page.evaluate(NOIRS) == 0


@pytest.mark.long(6)
@pytest.mark.parametrize(
    ("largeur", "sombre"), [(390, False), (390, True), (1280, False), (1280, True)]
)
@pytest.mark.parametrize("adresse", PORTES.values(), ids=PORTES)
def test_venue_d_un_lien_ou_chargee_la_page_porte_la_meme_chose(
    ouvrir: Callable[..., Page], adresse: str, largeur: int, sombre: bool
) -> None:
    """By its questions, then by its address; then each page that the answer leads to: the same clothes."""
    page = ouvrir(largeur=largeur, sombre=sombre)
    _par_ses_questions(page, adresse)
    _porte_la_meme_chose(page)
    for nom in SUITES:
        vers = page.get_by_role("link", name=re.compile(f"^{nom}")).first
        if vers.count() == 0:
            continue
        if not vers.is_visible():
            page.get_by_text(re.compile("^Ce que vous avez dit")).click()
        vers.click()
        page.wait_for_load_state()
        _porte_la_meme_chose(page)
        page.go_back()
        page.wait_for_load_state()


@pytest.mark.long(2)
def test_on_compare_puis_on_revient(ouvrir: Callable[..., Page]) -> None:
    page = ouvrir(largeur=390)
    page.goto(f"/simulateur/candidat/resultat/?{PRESQUE}")
    page.get_by_role("link", name=re.compile("^Comparer : ")).first.click()
    expect(page.locator(".ecart")).to_have_text(re.compile("63.h de moins"))
    page.get_by_role("link", name="Voir cette hypothèse en entier").click()
    expect(page.get_by_role("heading", name="Ceci est une hypothèse")).to_be_visible()
    page.get_by_role("link", name="Revenir à ma réponse").click()
    expect(page.locator("h1")).to_have_text(re.compile("279.h"))
    expect(page.get_by_role("link", name="Le PDF à transmettre")).to_be_visible()


@pytest.mark.long(1)
@pytest.mark.parametrize("adresse", LARGES)
def test_des_lettres_deux_fois_plus_grandes_ne_debordent_pas(
    navigateur: Browser, live_server: object, adresse: str
) -> None:
    # What a person sets in their browser is what media queries read: another browser, of larger letters.
    gros = navigateur.browser_type.launch(
        executable_path=CHROMIUM, args=[*DRAPEAUX, "--blink-settings=defaultFontSize=32"]
    )
    page = gros.new_page(base_url=str(live_server), viewport={"width": 390, "height": ECRAN})
    page.goto(adresse)
    large = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    gros.close()
    assert large


@pytest.mark.long(1)
@pytest.mark.parametrize("adresse", LARGES)
def test_rien_ne_deborde_a_400_pour_cent(ouvrir: Callable[..., Page], adresse: str) -> None:
    page = ouvrir(largeur=320)
    page.goto(adresse)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
