"""The OpenAPI document is true of the answers, and its page says all of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest

from binome.api.document import openapi
from binome.api.lisible import operations
from binome.api.operations.positionner import POSITIONNER
from binome.api.operations.prevoir import QUESTIONS as PREVOIR
from binome.api.questions import DOSSIERS
from binome.regles.cas import cas
from binome.regles.courante import base_courante
from binome.regles.profils import series
from tests.api.outils import V1, poster
from tests.echantillons import un_sur

if TYPE_CHECKING:
    from django.test import Client

    from binome.api.operations.dossiers import Question
    from binome.regles.base import Base

QUESTIONS = (POSITIONNER, *PREVOIR)
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
            "financer",
            "aide",
            "certifications",
            "echeances",
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
            "projeter",
        )
    }


def test_chaque_operation_se_dit_en_francais_sous_un_nom_stable() -> None:
    noms = [dite["operationId"] for _, _, dite in OPERATIONS]
    assert len(set(noms)) == len(noms) == 19
    for _, _, dite in OPERATIONS:
        assert dite["summary"]
        assert dite["description"].endswith(".")
        assert "429" in dite["responses"]
        assert all(un["description"] for un in dite["parameters"])


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda une: une.nom)
def test_le_schema_d_un_dossier_suit_les_faits_de_sa_vue(question: Question[Any]) -> None:
    schema = openapi()["components"]["schemas"][DOSSIERS[question.vue]]
    faits = base_courante().vue(question.vue).faits.values()
    assert list(schema["properties"]) == [fait.nom for fait in faits if not fait.interne]


def test_les_codes_sont_ceux_des_contrats() -> None:
    dits = openapi()["components"]["schemas"]
    voies = "pdc contrat_professionnalisation pro_a periode_reconversion cpf poei poec vae apprentissage"
    assert dits["Voie"]["properties"]["code"]["enum"] == voies.split()
    versions = "avenant7 reglement_arbitral convention_2024 collectif_2026".split()
    assert set(dits["Aide"]["properties"]["version"]["enum"]) == {*versions, None}
    echeances = (
        "entree_formation qualification fae afgsu remplacement_secretaire anniversaire fin_contrat "
        "validite_referentiel accrochage"
    )
    assert dits["Echeance"]["properties"]["code"]["enum"] == echeances.split()


def dossiers_de(vue: Base, nombre: int = 60) -> list[dict[str, Any]]:
    """Dossiers of the cases of a view, far apart, with only what may be given from outside."""
    ouverts = {fait.nom for fait in vue.faits.values() if not fait.interne}
    tous = [
        {nom: valeur for nom, valeur in un.objet.items() if nom in ouverts}
        for un in cas()
        if un.regle in vue.regles
    ]
    return tous[:: max(1, len(tous) // nombre)]


@pytest.mark.parametrize("question", un_sur(2, QUESTIONS, 0.6), ids=lambda une: une.nom)
def test_les_reponses_des_questions_sont_celles_du_document(
    client: Client, question: Question[Any]
) -> None:
    operation = openapi()["paths"][f"{V1}/{question.nom}"]["post"]
    demande = juge(operation["requestBody"]["content"]["application/json"]["schema"])
    donne = juge(operation["responses"]["200"]["content"]["application/json"]["schema"])
    dossiers = dossiers_de(base_courante().vue(question.vue))
    assert len(dossiers) >= 60
    for dossier in dossiers:
        demande.validate(dossier)
        donne.validate(poster(client, dossier, question=question.nom).json())


@pytest.mark.parametrize(
    ("dossier", "permis"),
    [
        ({"part_ccam_pct": 17.55, "zone_sous_dense": True}, True),
        ({"part_ccam_pct": 100, "zone_sous_dense": None}, True),
        ({"part_ccam_pct": 0.29}, True),
        ({"part_ccam_pct": 0.57}, True),
        ({"part_ccam_pct": 17.555}, False),
        ({"part_ccam_pct": -0.01}, False),
        ({"part_ccam_pct": 100.01}, False),
        ({"part_ccam_pct": "17.5"}, False),
        ({"part_ccam_pct": True}, False),
        ({"zone_sous_dense": 1}, False),
        ({"zone_sous_dense": "oui"}, False),
        ({"salaire_charge_mensuel_cents": -1}, False),
        ({"salaire_charge_mensuel_cents": 0.5}, False),
        ({"plafond_etp": 1}, False),
        ({"annee": 1}, False),
    ],
    ids=str,
)
def test_le_schema_et_la_lecture_refusent_la_meme_chose(
    client: Client, dossier: dict[str, Any], permis: bool
) -> None:
    schema = openapi()["components"]["schemas"]["DossierDAide"]
    assert juge(schema).is_valid(dossier) is permis
    assert (poster(client, dossier, question="aide").status_code == 200) is permis


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
    for question in QUESTIONS:
        corps = openapi()["paths"][f"{V1}/{question.nom}"]["post"]
        exemples = corps["requestBody"]["content"]["application/json"]["examples"]
        (reponse,) = corps["responses"]["200"]["content"]["application/json"]["examples"].items()
        for nom, exemple in exemples.items():
            donnee = poster(client, exemple["value"], question=question.nom)
            assert donnee.status_code == 200
            assert nom != reponse[0] or donnee.json() == reponse[1]["value"]
        assert reponse[0] in exemples
    for adresse, methode, dite in OPERATIONS:
        for un in dite["parameters"]:
            if un["in"] == "query" and "example" in un:
                reponse = getattr(client, methode)(adresse, {un["name"]: un["example"]})
                assert reponse.status_code == 200, (adresse, un)
            elif un["name"] == "identifiant":
                lu = client.get(adresse.replace("{identifiant}", un["example"]))
                assert lu.status_code == 200, adresse


def test_chaque_operation_a_sa_page_et_chaque_objet_sa_place(client: Client) -> None:
    accueil = client.get("/api/").content.decode()
    objets = client.get("/api/objets/").content.decode()
    for nom in openapi()["components"]["schemas"]:
        assert f'id="objet-{nom}"' in objets
    for adresse, methode, dite in OPERATIONS:
        ici = f"/api/operations/{dite['operationId']}/"
        assert f'href="{ici}"' in accueil
        page = client.get(ici).content.decode()
        assert f"<code>{methode.upper()} {adresse}</code>" in page
        assert "curl " in page
        for nom in re.findall(r'href="/api/objets/#(objet-[^"]+)"', page):
            assert f'id="{nom}"' in objets


def test_une_operation_s_essaie_depuis_sa_page(client: Client) -> None:
    ici = "/api/operations/positionner/"

    def lire(**dits: str) -> str:
        return client.get(ici, dits).content.decode().replace("\u202f", " ")

    assert "La réponse :" not in lire()
    bonne = lire(corps='{"diplomes": ["ide"], "date_entree": "2027-01-04"}')
    assert "La réponse : 200" in bonne
    assert "&quot;voie&quot;: &quot;fae&quot;" in bonne
    for corps, dit in (
        ("{", "demande_illisible"),
        ('{"diplomes": ["magicien"]}', "dossier_invalide"),
    ):
        refusee = lire(corps=corps)
        assert "La réponse : 400" in refusee
        assert dit in refusee
    assert client.get("/api/operations/inconnue/").status_code == 404


def test_l_exemple_a_copier_est_celui_que_l_on_lit(client: Client) -> None:
    """What a terminal would send, sent: the operation answers."""
    for une in operations():
        if une["voir"]:
            assert client.get(une["voir"]).status_code == 200, une["id"]
        elif corps := re.search(r"-d '(.*)'$", une["copier"]):
            lue = client.post(une["adresse"], corps[1], content_type="application/json")
            assert lue.status_code == 200, une["id"]


def test_la_page_tient_sous_une_politique_stricte(client: Client) -> None:
    for adresse in (
        "/api/",
        "/api/objets/",
        "/api/operations/aide/",
        "/api/erreurs/",
        "/api/erreurs/panne",
    ):
        reponse = client.get(adresse)
        page = reponse.content.decode()
        assert "'unsafe-inline'" not in reponse.headers["Content-Security-Policy"]
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", page)
        # Nothing is fetched elsewhere; a source's original may be opened there.
        assert not re.search(r'<(?!a\b)[^>]*(?:src|href)="(?:https?:)?//', page)
