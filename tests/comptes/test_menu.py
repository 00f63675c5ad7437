"""The members' menu: on every page of a member, the page where one is marked."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import pytest
from allauth.mfa.models import Authenticator

from binome.comptes.facteurs import poser_application
from tests.dossiers.monde import Monde, construire
from tests.matrice.objets import entrer, preparer
from tests.matrice.table import lire

if TYPE_CHECKING:
    from django.test import Client


@pytest.fixture
def monde(db: None) -> Monde:
    return construire()


def _menu(page: str) -> str:
    trouve = re.search(r'<nav class="espace".*?</nav>', page, re.DOTALL)
    return trouve[0] if trouve else ""


@pytest.mark.parametrize(
    ("adresse", "ici"),
    [
        ("/espace/", "Ce qui vous attend"),
        ("/espace/dossiers/", "Les dossiers"),
        ("/compte/organisations/", "Alice"),
        ("/compte/securite/", "Sécurité"),
    ],
)
def test_le_menu_reste_et_marque_la_page(
    client: Client, monde: Monde, adresse: str, ici: str
) -> None:
    client.force_login(monde.alice)
    menu = _menu(client.get(adresse).content.decode())
    assert "Les dossiers" in menu
    assert "Importer" in menu, "elle gère un organisme"
    assert "Points tranchés" not in menu, "elle n’est pas de la branche"
    marques = re.findall(r'aria-current="page">([^<]*)<', menu)
    assert len(marques) == 1
    assert ici.lower() in marques[0].lower()


def test_une_page_de_suite_ne_marque_rien(client: Client, monde: Monde) -> None:
    client.force_login(monde.alice)
    page = client.get(f"/compte/organisations/{monde.organisme.pk}/").content.decode()
    assert "Vos données" in _menu(page)
    assert "aria-current" not in _menu(page)


def test_sans_le_second_facteur_attendu_le_menu_attend(client: Client, monde: Monde) -> None:
    """Its links would all come back here."""
    Authenticator.objects.filter(user=monde.emma).delete()
    client.force_login(monde.emma)
    page = client.get("/compte/securite/").content.decode()
    assert "Votre rôle demande un second facteur" in page
    assert _menu(page) == ""


def test_ce_qu_il_faut_savoir_vient_avant_le_bouton(client: Client, monde: Monde) -> None:
    client.force_login(monde.alice)
    page = client.get("/espace/dossiers/nouveau/").content.decode()
    assert 0 < page.index("n’est pas demandé ici") < page.index(">Continuer<")


def test_chaque_page_du_compte_garde_le_menu(monde: Monde) -> None:
    """Second factor, recovery codes, keys, password, people: one never has to go back to find the way."""
    objets = preparer(monde)
    poser_application(monde.alice)
    client = entrer(monde.alice)
    # As if the password had just been said again: the pages that ask for it are shown.
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session.save()
    sans, vues = [], 0
    for une in lire()[1]:
        if une.methode != "GET" or not une.adresse.startswith("compte/"):
            continue
        reponse = client.get(objets.chemin(une.adresse))
        if reponse.status_code == 200 and reponse.headers["Content-Type"].startswith("text/html"):
            vues += 1
            if "Vos données" not in _menu(reponse.content.decode()):
                sans.append(une.adresse)
    assert not sans, sans
    assert vues > 8
