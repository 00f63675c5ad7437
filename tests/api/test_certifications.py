"""The parameter `certification`: another certification's rules over HTTP, labelled for what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import jsonschema_rs
import pytest

from binome.api.document import openapi
from binome.regles.courante import base_courante, certifications
from binome.regles.metiers.positionnement import positionner
from tests.api.outils import V1, poster, probleme

if TYPE_CHECKING:
    from django.test import Client

(ESSAI,) = (code for code, une in certifications().items() if une.essai)
DOSSIER = {"date_entree": "2022-09-05", "niveau_diplome": 3, "diplomes": ["livre_iii"]}


def test_la_liste_des_certifications(client: Client) -> None:
    lues = client.get(f"{V1}/certifications").json()
    assert [une["code"] for une in lues] == list(certifications())
    premiere, essai = lues
    assert (premiere["par_defaut"], premiere["essai"]) == (True, None)
    assert premiere["vues"] == ["positionnement", "financement", "aide", "echeances"]
    assert premiere["base"] == base_courante().empreinte
    assert (essai["par_defaut"], essai["vues"]) == (False, ["positionnement"])
    assert essai["essai"] == "d’essai, d’après le tableau 3 du rapport"


def test_l_essai_repond_comme_ses_regles(client: Client) -> None:
    base = base_courante(certification=ESSAI)
    reponse = poster(client, DOSSIER, f"?certification={ESSAI}")
    assert reponse.status_code == 200
    assert reponse.json() == positionner(base, base.lire(DOSSIER)).en_json()
    assert reponse.json()["alertes"][0]["code"] == "certification_d_essai"


def test_celle_par_defaut_se_nomme_aussi(client: Client) -> None:
    objet = {"date_entree": "2026-01-15", "diplomes": ["ide"]}
    code = base_courante().certification.code
    assert poster(client, objet, f"?certification={code}").json() == poster(client, objet).json()


def test_les_faits_sont_ceux_de_la_certification(client: Client) -> None:
    refus = probleme(poster(client, DOSSIER), "dossier_invalide")
    assert {une["cle"] for une in refus["erreurs"]} == {"diplomes"}
    refus = probleme(
        poster(client, {"situation": "autre"}, f"?certification={ESSAI}"), "dossier_invalide"
    )
    assert refus["erreurs"][0]["cle"] == "situation"


def test_une_certification_inconnue_est_refusee_avec_la_liste(client: Client) -> None:
    refus = probleme(poster(client, {}, "?certification=boulanger"), "parametre_invalide")
    assert refus["erreurs"][0]["cle"] == "certification"
    assert refus["erreurs"][0]["raison"].startswith(f"attendu : {', '.join(certifications())}")


def test_les_reformes_sont_celles_de_la_certification(client: Client) -> None:
    refus = probleme(
        poster(client, {}, f"?certification={ESSAI}&reforme=igas-8"), "parametre_invalide"
    )
    assert refus["erreurs"][0]["raison"].startswith("attendu : aucune")


@pytest.mark.parametrize("question", ["financer", "aide", "echeances"])
def test_les_autres_questions_ne_connaissent_pas_le_parametre(
    client: Client, question: str
) -> None:
    reponse = client.post(
        f"{V1}/{question}?certification={ESSAI}", {}, content_type="application/json"
    )
    refus = probleme(reponse, "parametre_invalide")
    assert refus["erreurs"][0]["raison"].startswith("ce paramètre n’existe pas")


def test_les_regles_et_le_referentiel_se_lisent(client: Client) -> None:
    base = base_courante(certification=ESSAI)
    lues = client.get(f"{V1}/regles?certification={ESSAI}").json()
    assert [une["id"] for une in lues] == list(base.entiere.regles)
    (seul,) = client.get(f"{V1}/referentiels?certification={ESSAI}").json()
    assert seul["minutes"] == {
        "formation": 343 * 60,
        "pratique": 1535 * 60,
        "evaluations": None,
        "total": None,
    }
    une = client.get(f"{V1}/regles/dispense.manipulateur?certification={ESSAI}").json()
    assert une["cas"]
    assert client.get(f"{V1}/regles/dispense.manipulateur").status_code == 404
    entier = client.get(f"{V1}/referentiels/rncp15745?certification={ESSAI}").json()
    assert entier["blocs"] == []


def test_le_document_decrit_les_deux(client: Client) -> None:
    """Each schema takes the dossier of its certification, and refuses the other's."""
    document = openapi()
    corps = document["paths"][f"{V1}/positionner"]["post"]["requestBody"]["content"]
    noms = [un["$ref"].rpartition("/")[2] for un in corps["application/json"]["schema"]["anyOf"]]
    assert noms == ["Dossier", "DossierAssistantDentaire"]
    schemas = document["components"]["schemas"]
    for nom, objet in zip(noms, ({"situation": "autre"}, {"afgsu2_valable": True}), strict=True):
        assert jsonschema_rs.is_valid(schemas[nom], objet)
        autre = noms[1 - noms.index(nom)]
        assert not jsonschema_rs.is_valid(schemas[autre], objet)
    reponse = poster(client, DOSSIER, f"?certification={ESSAI}").json()
    racine = {"components": document["components"]}
    ref = {"$ref": "#/components/schemas/PositionnementAssistantDentaire"}
    jsonschema_rs.validate({**racine, **ref}, reponse)
