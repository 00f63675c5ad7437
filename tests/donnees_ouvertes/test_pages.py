"""The pages of the open data, and their files: read from any site, found, never written to."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from binome.donnees_ouvertes import ecrire, vues
from binome.donnees_ouvertes.catalogue import JEUX
from binome.donnees_ouvertes.millesimes import garder
from tests.site.lecture import lire

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django.fixtures import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db


def test_la_page_montre_chaque_jeu(client: Client) -> None:
    page = lire(client, "/donnees/")
    for un in JEUX.values():
        assert f"/donnees/{un.nom}/" in page.liens
        assert un.dit in client.get("/donnees/").content.decode().replace("\u202f", " ").replace(
            "\xa0", " "
        )
    assert "/changements.atom" in page.liens


@pytest.mark.parametrize("nom", JEUX)
def test_la_page_d_un_jeu(
    client: Client, nom: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Its columns, an extract, how to take it; one query, for its vintages."""
    with django_assert_num_queries(1):
        contenu = client.get(f"/donnees/{nom}/").content.decode()
    for une in JEUX[nom].colonnes:
        assert f"<code>{une.nom}</code>" in contenu
    assert f"/donnees/{nom}.csv" in contenu
    assert ecrire.fichier(nom).empreinte in contenu
    assert ("JSON-stat" in contenu) is (JEUX[nom].cube is not None)


def test_les_fichiers_se_lisent_de_partout_et_se_gardent(client: Client) -> None:
    reponse = client.get("/donnees/taches.csv")
    assert reponse.content == ecrire.fichier("taches").contenu
    assert reponse["Content-Type"] == "text/csv; charset=utf-8"
    assert reponse["Access-Control-Allow-Origin"] == "*"
    assert reponse["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert reponse["Cache-Control"] == "public, max-age=3600"
    assert "Set-Cookie" not in reponse
    assert (
        client.get("/donnees/taches.csv", headers={"If-None-Match": reponse["ETag"]}).status_code
        == 304
    )
    assert (
        client.get("/donnees/taches.csv", headers={"If-None-Match": '"autre"'}).status_code == 200
    )


def test_les_descriptions(client: Client) -> None:
    paquet = json.loads(client.get("/donnees/datapackage.json").content)
    assert [un["path"] for un in paquet["resources"]] == [f"{nom}.csv" for nom in JEUX]
    schema = json.loads(client.get("/donnees/modules.schema.json").content)
    assert schema["foreignKeys"][0]["reference"] == {"resource": "referentiels", "fields": "id"}
    assert json.loads(client.get("/donnees/contrats.json-stat.json").content)["version"] == "2.0"
    assert client.get("/donnees/catalogue.jsonld")["Content-Type"] == "application/ld+json"


def test_le_schema_d_un_millesime(client: Client) -> None:
    garder()
    adresse = f"/donnees/taches/{ecrire.fichier('taches').empreinte}.schema.json"
    assert json.loads(client.get(adresse).content)["name"] == "taches"


@pytest.mark.parametrize(
    "adresse",
    [
        "rien/",
        "rien.csv",
        "rien.schema.json",
        "regles.json-stat.json",
        "regles/0000.csv",
        "regles/0000.schema.json",
    ],
)
def test_ce_qui_n_existe_pas(client: Client, adresse: str) -> None:
    assert client.get(f"/donnees/{adresse}").status_code == 404


def test_sans_la_base_le_fichier_du_jour_reste(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vues, "_gardes", lambda _: None)
    assert "pour le moment" in lire(client, "/donnees/regles/").texte


def test_les_moteurs_les_trouvent(client: Client) -> None:
    plan = client.get("/sitemap.xml").content.decode()
    assert "/donnees/</loc>" in plan
    assert all(f"/donnees/{nom}/</loc>" in plan for nom in JEUX)
    assert "/donnees" not in client.get("/robots.txt").content.decode()
