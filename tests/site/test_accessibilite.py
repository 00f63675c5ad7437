"""The grid that the site publishes is true: each test that it names exists, and what it says of the pages holds."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from django.test import Client

from binome.site.grille import grille
from tests.site.lecture import lire
from tests.site.test_aide import adresse as aide
from tests.site.test_reponse import SECRETAIRE

RACINE = Path(__file__).parents[2]
PAGES = (
    "/",
    f"/simulateur/candidat/resultat/?{SECRETAIRE}&zone=A",
    aide(),
    "/financement/",
    "/referentiels/rncp40913/",
    "/missions/",
    "/accessibilite/",
    "/mots/",
)


@cache
def sources() -> dict[str, str]:
    client = Client()
    return {adresse: client.get(adresse).content.decode() for adresse in PAGES}


def test_chaque_essai_que_la_grille_nomme_existe() -> None:
    nommes = {un["essai"] for theme in grille() for un in theme["verifie"] if "essai" in un}
    assert len(nommes) > 8
    for nom in nommes:
        fichier, _, essai = nom.partition("::")
        assert f"def {essai}(" in (RACINE / fichier).read_text(encoding="utf-8"), nom


def test_la_grille_se_lit_et_dit_ce_qui_manque(client: Client) -> None:
    page = lire(client, "/accessibilite/")
    for theme in grille():
        assert theme["theme"] in page.texte
    assert "Ce qui n’a pas été vérifié" in page.texte
    assert page.texte.count("Les autres points du thème.") == len(grille())
    assert "aucun taux de conformité" in page.texte


def test_ni_cadre_ni_video() -> None:
    for adresse, source in sources().items():
        assert not re.search(r"<(iframe|frame|object|embed|video|audio)\b", source), adresse


def test_chaque_tableau_se_nomme() -> None:
    vus = 0
    for adresse, source in sources().items():
        for tableau in re.findall(r"<table\b.*?</table>", source, re.DOTALL):
            vus += 1
            assert "<caption" in tableau, adresse
            assert not re.findall(r"<th(?![^>]*\bscope=)[\s>]", tableau), adresse
    assert vus > 5


def test_on_va_au_contenu_et_on_cherche_de_partout() -> None:
    for adresse, source in sources().items():
        corps = source.partition("<body>")[2]
        assert corps.index('href="#contenu"') < corps.index("<header"), adresse
        assert 'id="contenu"' in corps
        assert re.search(r'<a href="/chercher/"', corps), adresse
        assert 'aria-label="Rubriques"' in corps


@pytest.mark.parametrize("adresse", PAGES[:3])
def test_un_mot_du_metier_s_explique_la_premiere_fois(adresse: str) -> None:
    source = sources()[adresse]
    boutons = re.findall(r'<button type="button" class="mot" popovertarget="(mot-[\w-]+)"', source)
    assert boutons or adresse == "/"
    assert len(boutons) == len(set(boutons))
    for nom in boutons:
        assert re.search(rf'<p class="mot-dit"\s+id="{nom}"\s+popover>', source), nom
    assert not re.search(r"<a\b[^>]*>[^<]*<button", source)
