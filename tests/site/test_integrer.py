"""The simulator in a frame: for whom, without a cookie and without a script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from binome.site.integrer.views import CADRES
from tests.site.lecture import lire
from tests.site.test_aide import GENERALISTE

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django.fixtures import Settings

CADRE = "/integrer/candidat/"
ALLIEE = "https://branche.example.org"
FINI = f"{CADRE}?date_entree=2026-01-15&diplomes=aucun&niveau_diplome=4&experience_secretaire_mois=20&afgsu_niveau=0&situation=salarie_cabinet&contrat=cdi"


@pytest.mark.parametrize("code", CADRES)
def test_personne_ne_l_encadre_sans_reglage(client: Client, code: str) -> None:
    reponse = client.get(f"/integrer/{code}/")
    assert "frame-ancestors 'none'" in reponse.headers["Content-Security-Policy"]
    assert reponse.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("code", CADRES)
def test_les_sites_nommes_l_encadrent_sans_cookie_ni_script(
    client: Client, settings: Settings, code: str
) -> None:
    settings.CADRES_PERMIS = [ALLIEE, "https://of.example.org"]
    reponse = client.get(f"/integrer/{code}/")
    dite = reponse.headers["Content-Security-Policy"]
    assert f"frame-ancestors {ALLIEE} https://of.example.org;" in f"{dite};"
    assert "script-src 'none'" in dite
    assert "X-Frame-Options" not in reponse.headers
    assert "Set-Cookie" not in reponse.headers
    assert not reponse.cookies
    assert b"<script" not in reponse.content


def test_les_autres_pages_restent_fermees(client: Client, settings: Settings) -> None:
    settings.CADRES_PERMIS = [ALLIEE]
    for page in ("/", "/employeur/", "/simulateur/candidat/"):
        reponse = client.get(page)
        assert "frame-ancestors 'none'" in reponse.headers["Content-Security-Policy"]
        assert reponse.headers["X-Frame-Options"] == "DENY"


def test_un_cadre_qui_n_existe_pas_est_introuvable(client: Client) -> None:
    assert client.get("/integrer/autre/").status_code == 404


def test_de_la_premiere_question_a_la_reponse_sans_en_sortir(client: Client) -> None:
    dites: dict[str, str] = {}
    for _ in range(12):
        page = client.get("/integrer/aide/", dites).content.decode()
        posee = re.search(r'name="posee" value="(\w+)"', page)
        if posee is None:
            break
        assert 'action="/integrer/aide/"' in page
        dites[posee[1]] = GENERALISTE[posee[1]]
    else:
        pytest.fail("the questions do not end")
    assert "jusqu’à 132" in page
    assert 'href="/simulateur/employeur/aide/resultat/?' in page
    assert 'target="_blank"' in page


def test_la_reponse_est_celle_du_site(client: Client) -> None:
    cadre, site = (
        lire(client, FINI),
        lire(client, FINI.replace("integrer/candidat", "simulateur/candidat/resultat")),
    )
    assert cadre.titres == site.titres
