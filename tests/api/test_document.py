"""The OpenAPI document is true of the answers, and its page says all of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest

from binome.api.document import openapi
from binome.regles.courante import base_courante
from binome.regles.profils import series
from tests.api.outils import V1, poster

if TYPE_CHECKING:
    from django.test import Client

OPERATIONS = [
    (adresse, methode, dite)
    for adresse, methodes in openapi()["paths"].items()
    for methode, dite in methodes.items()
]


def juge(schema: dict[str, Any]) -> jsonschema_rs.Draft202012Validator:
    """Checks a value against a schema of the document."""
    return jsonschema_rs.Draft202012Validator(
        {**schema, "components": openapi()["components"]}, validate_formats=True
    )


def test_le_document_est_servi(client: Client) -> None:
    servi = client.get(f"{V1}/openapi.json").json()
    assert servi["openapi"] == "3.1.0"
    assert set(servi["paths"]) == {
        f"{V1}/{un}"
        for un in (
            "positionner",
            "lots",
            "lots/{jeton}",
            "lots/{jeton}/resultat",
            "lots/{jeton}/ecartes",
            "regles",
            "regles/{identifiant}",
            "referentiels",
            "referentiels/{identifiant}",
            "taches",
            "ecarts",
            "sources",
            "sources/{identifiant}",
            "organismes",
        )
    }


def test_chaque_operation_se_dit_en_francais_sous_un_nom_stable() -> None:
    noms = [dite["operationId"] for _, _, dite in OPERATIONS]
    assert len(set(noms)) == len(noms) == 14
    for _, _, dite in OPERATIONS:
        assert dite["summary"]
        assert dite["description"].endswith(".")
        assert "429" in dite["responses"]
        assert all(un["description"] for un in dite["parameters"])


def test_le_schema_du_dossier_suit_les_faits() -> None:
    schema = openapi()["components"]["schemas"]["Dossier"]
    assert list(schema["properties"]) == list(base_courante().faits)


@pytest.mark.parametrize(
    "adresse",
    [
        adresse.replace("{identifiant}", "")
        for adresse, methode, _ in OPERATIONS
        if methode == "get" and "{jeton}" not in adresse
    ],
)
def test_les_reponses_sont_celles_du_document(client: Client, adresse: str) -> None:
    if adresse.endswith("/"):
        noms = [un["id"] for un in client.get(adresse.rstrip("/")).json()]
        patron, adresses = f"{adresse}{{identifiant}}", [f"{adresse}{nom}" for nom in noms]
    else:
        patron, adresses = adresse, [adresse]
    schema = openapi()["paths"][patron]["get"]["responses"]["200"]["content"]["application/json"]
    for une in adresses:
        juge(schema["schema"]).validate(client.get(une).json())


def test_les_positionnements_sont_ceux_du_document(client: Client) -> None:
    dits = openapi()["components"]["schemas"]
    for profil in (un for serie in series() for un in serie.profils):
        juge(dits["Dossier"]).validate(dict(profil.objet))
        juge(dits["Positionnement"]).validate(poster(client, dict(profil.objet)).json())
        juge(dits["Positionnement"]).validate(poster(client, dict(profil.objet), "?trace=1").json())


def test_les_exemples_sont_de_vrais_cas(client: Client) -> None:
    corps = openapi()["paths"][f"{V1}/positionner"]["post"]
    exemples = corps["requestBody"]["content"]["application/json"]["examples"]
    reponses = corps["responses"]["200"]["content"]["application/json"]["examples"]
    for exemple in exemples.values():
        assert poster(client, exemple["value"]).status_code == 200
    assert poster(client, exemples["secretaire"]["value"]).json() == reponses["secretaire"]["value"]
    for adresse, methode, dite in OPERATIONS:
        for un in dite["parameters"]:
            if un["in"] == "query" and "example" in un:
                reponse = getattr(client, methode)(adresse, {un["name"]: un["example"]})
                assert reponse.status_code == 200, (adresse, un)
            elif un["name"] == "identifiant":
                lu = client.get(adresse.replace("{identifiant}", un["example"]))
                assert lu.status_code == 200, adresse


def test_la_page_dit_chaque_operation_et_chaque_objet(client: Client) -> None:
    page = client.get("/api/").content.decode()
    for adresse, methode, dite in OPERATIONS:
        assert f'id="{dite["operationId"]}"' in page
        assert f"<code>{methode.upper()} {adresse}</code>" in page
    for nom in openapi()["components"]["schemas"]:
        assert f'id="objet-{nom}"' in page
    ancres = re.findall(r'href="#([^"]+)"', page)
    assert ancres
    assert all(f'id="{ancre}"' in page for ancre in ancres)


def test_la_page_tient_sous_une_politique_stricte(client: Client) -> None:
    for adresse in ("/api/", "/api/erreurs/", "/api/erreurs/panne"):
        reponse = client.get(adresse)
        page = reponse.content.decode()
        assert "'unsafe-inline'" not in reponse.headers["Content-Security-Policy"]
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", page)
        assert not re.search(r'(?:src|href)="(?:https?:)?//', page)
