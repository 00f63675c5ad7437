"""Every page of the site, found by following its links: accessible, quiet, and sourced."""

from __future__ import annotations

import re
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)
AXE = Path(__file__).parent / "axe.min.js"
REGLES_AXE = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DEPARTS = (
    "/",
    "/simulateur/candidat/?diplomes=aucun&date_entree=2026-02-31",
    "/simulateur/candidat/resultat/?date_entree=2026-01-15&diplomes=aucun&niveau_diplome=3"
    "&experience_secretaire_mois=20&afgsu_niveau=0&situation=salarie_cabinet&zone=C",
    "/simulateur/employeur/resultat/?date_entree=2023-03-01&diplomes=ide&situation=salarie_cabinet",
    "/simulateur/candidat/resultat/?date_entree=2025-05-10&diplomes=aucun",
    "/simulateur/essai/assistant-dentaire/resultat/?date_entree=2022-09-05&niveau_diplome=3"
    "&diplomes=aide_dentaire&experience_aide_dentaire_mois=6",
    "/simulateur/employeur/aide/resultat/?date_signature_contrat_aide=2026-03-01&option_etp=un"
    "&specialite=medecine_generale&secteur=1&patientele_mt=1200&bande_activite=p50_p70"
    "&salaire_charge_mensuel_cents=3200&date_prise_fonction=2026-05-02&secretaire_promue=oui",
    "/simulateur/organisme/financement/?date_entree=2026-11-25&diplomes=aucun&niveau_diplome=4"
    "&afgsu_niveau=0&situation=salarie_cabinet&duree_parcours_mois=14&heures_semaine=35&age=abc",
    "/au/2023-06-01/financement/",
    "/au/2025-05-10/",
    "/n-existe-pas/",
    "/style/",
)
PAR_REQUETE = 4
"""Addresses kept of one shape when they only differ by what was answered."""
AAA = {"color-contrast-enhanced": {"enabled": True}}
"""What the public pages hold besides: every text at 7:1, the large ones at 4.5:1."""
Theme = Literal["light", "dark"]
Tours = tuple[tuple[Theme | None, Theme | None], ...]
"""The theme on a phone, then on a desk, of one page after the other; None leaves one out."""
ALTERNES: Tours = (("light", None), (None, "dark"))
TOURS = (
    ALTERNES,
    pytest.param((("light", "dark"),), marks=pytest.mark.long(60)),
    pytest.param((("dark", "light"),), marks=pytest.mark.long(60)),
)
"""Every other page on a phone, the next on a desk; the long tests look at each at both, in both lights."""
PARTS = 24
"""Parts of the walk, for processes to share; the quick tests take the first."""
FICHES = ".source-fiche a[href*='/sources/']"
LEURS_LIENS = "tous => tous.map(un => un.getAttribute('href'))"


def _liens(html: str, adresse: str) -> Iterator[str]:
    for lien in re.findall(r'<a\b[^>]*?\bhref="([^"]+)"', html):
        absolu = urldefrag(urljoin(adresse, lien.replace("&amp;", "&")))[0]
        morceaux = urlsplit(absolu)
        if not morceaux.scheme and not morceaux.netloc:
            yield absolu


def _forme(adresse: str) -> str:
    """What serves the address: its view, and the names of its query."""
    chemin = re.sub(r"^/au/[^/]+", "", urlsplit(adresse).path)
    try:
        vue = resolve(chemin).view_name or chemin
    except Exception:
        vue = "404"
    noms = sorted(set(re.findall(r"(?:^|&)(\w+)=", urlsplit(adresse).query)))
    return f"{vue}?{'&'.join(noms[:2])}"


def parcourir(par_forme: int) -> list[str]:
    """The addresses of the site, from the home page on; at most so many of the same shape."""
    client, vues, formes = Client(), dict.fromkeys(DEPARTS), dict[str, int]()
    file = list(DEPARTS)
    while file:
        adresse = file.pop(0)
        reponse = client.get(adresse)
        assert reponse.status_code < 500, adresse
        if not reponse.headers["Content-Type"].startswith("text/html"):
            vues.pop(adresse)
            continue
        if reponse.status_code in (301, 302):
            vues.pop(adresse)
        suite = [reponse.headers["Location"]] if "Location" in reponse.headers else []
        for lien in [*suite, *_liens(reponse.content.decode(), adresse)]:
            if lien in vues or lien.startswith("/static/"):
                continue
            forme = _forme(lien)
            formes[forme] = formes.get(forme, 0) + 1
            if formes[forme] <= (min(par_forme, PAR_REQUETE) if "?" in lien else par_forme):
                vues[lien] = None
                file.append(lien)
    return list(vues)


# A figure on a page: text with a digit, in the content, that is not what the visitor said.
SANS_SOURCE = """
motif => {
  const fautes = [], figure = new RegExp(motif);
  const marche = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  while (marche.nextNode()) {
    const texte = marche.currentNode.textContent.trim(), parent = marche.currentNode.parentElement;
    if (!figure.test(texte) || parent.closest('[data-saisi], .sources, script, style, select')) continue;
    const bloc = parent.closest('[data-sourcee]');
    if (!bloc || !bloc.querySelector('details.sources a[href*="/sources/"]')) fautes.push(texte.slice(0, 120));
  }
  return fautes;
}
"""


def _axe(page: Page, *, aaa: bool = False) -> list[str]:
    resultat: dict[str, Any] = page.evaluate(
        "dits => axe.run(document, {...dits, resultTypes: ['violations']})",
        {"runOnly": REGLES_AXE, "rules": AAA if aaa else {}},
    )
    return [
        f"{faute['id']} : {noeud['target']} {noeud.get('failureSummary', '')[:300]}"
        for faute in resultat["violations"]
        for noeud in faute["nodes"][:3]
    ]


def _regarder(page: Page, largeur: int, theme: Theme, *, aaa: bool = False) -> list[str]:
    page.set_viewport_size({"width": largeur, "height": 900})
    page.emulate_media(color_scheme=theme)
    fautes = _axe(page, aaa=aaa)
    if page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"):
        fautes.append("la page déborde en largeur")
    return [f"{largeur} px, {theme} — {faute}" for faute in fautes]


def examiner(page: Page, adresse: str, themes: tuple[Theme | None, Theme | None]) -> list[str]:
    """What is wrong with a page, in words, on a phone and on a desk; None leaves one out."""
    page.goto(adresse)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    fautes = [
        faute
        for largeur, theme in zip((390, 1280), themes, strict=True)
        if theme is not None
        for faute in _regarder(page, largeur, theme, aaa=True)
    ]
    if "/api/" in adresse:  # written for programs: dates and samples as they travel
        return [f"{adresse} — {faute}" for faute in fautes]
    visible = page.evaluate("document.body.innerText")
    fautes += [f"date brute : {date}" for date in re.findall(r"\b\d{4}-\d\d-\d\d\b", visible)]
    if not re.search(r"/style/|/sources/", adresse):
        # On an answer every digit is a figure; elsewhere, a number with its unit.
        motif = (
            r"\d"
            if "/resultat/" in adresse
            else r"\d\s*(?:h|min|€|%|k€|M€|heures|mois|jours|épreuves)(?![\wé])"
        )
        fautes += [f"sans source : {texte}" for texte in page.evaluate(SANS_SOURCE, motif)]
    return [f"{adresse} — {faute}" for faute in fautes]


def examiner_tout(page: Page, adresses: Iterable[str], tours: Tours) -> None:
    """Each page at the next turn of widths and themes; fails with all that is wrong."""
    fautes = [
        faute
        for adresse, themes in zip(adresses, cycle(tours), strict=False)
        for faute in examiner(page, adresse, themes)
    ]
    if fautes:
        pytest.fail("\n".join(fautes))


def _marcher(page: Page, adresses: list[str], tours: Tours) -> None:
    """The same, and each source that a page names opens."""
    client, liens, fautes = Client(), set[str](), []
    for adresse, themes in zip(adresses, cycle(tours), strict=False):
        fautes += examiner(page, adresse, themes)
        liens |= set(page.eval_on_selector_all(FICHES, LEURS_LIENS))
    pages: dict[str, str] = {}
    for lien in sorted(liens):
        chemin, _, ancre = lien.partition("#")
        if chemin not in pages:
            reponse = client.get(chemin)
            pages[chemin] = reponse.content.decode() if reponse.status_code == 200 else ""
        if f'id="{ancre}"' not in pages[chemin]:
            fautes.append(f"{lien} n’ouvre pas de paragraphe")
    if fautes:
        pytest.fail("\n".join(fautes))


@pytest.mark.parametrize(
    "part", [0, *(pytest.param(part, marks=pytest.mark.long(3)) for part in range(1, PARTS))]
)
def test_chaque_sorte_de_page(ouvrir: Callable[..., Page], part: int) -> None:
    _marcher(ouvrir(), parcourir(1)[part::PARTS], ALTERNES)


@pytest.mark.long(80)
def test_chaque_sorte_de_page_aux_deux_largeurs(ouvrir: Callable[..., Page]) -> None:
    _marcher(ouvrir(), parcourir(1), (("light", "dark"),))


@pytest.mark.long(400)
def test_chaque_page(ouvrir: Callable[..., Page]) -> None:
    _marcher(ouvrir(), parcourir(400), (("dark", "light"),))
