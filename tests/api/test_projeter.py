"""POST /projeter: the numbers of the terminal and of the page, and strict reading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from binome.api.exemples import PROJETER
from tests.api.outils import V1, poster, probleme
from tests.projection.questions import EXEMPLE, reponse

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries


@pytest.mark.django_db
def test_la_reponse_est_celle_de_la_projection_et_ne_coute_aucune_requete(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        rendue = poster(client, EXEMPLE, question="projeter")
    assert (rendue.status_code, rendue.json()) == (200, reponse().en_json())
    assert rendue.headers["Cache-Control"] == "private, no-store"


def test_chaque_exemple_du_document_est_une_demande_qui_se_lit(client: Client) -> None:
    for exemple in PROJETER.values():
        assert poster(client, exemple["value"], question="projeter").status_code == 200


@pytest.mark.parametrize(
    ("change", "cle", "valeur"),
    [
        ({"hypotheses": {"reserve_euros": -1}}, "hypotheses.reserve_euros", "-1"),
        ({"reformes": ["igas-18"]}, "reformes", "['igas-18']"),
        ({"au": "2018-06-30"}, "au", "2018-06-30"),
        ({"jusqu_a": "2041-01"}, "jusqu_a", "2041-01"),
        ({"reforme": []}, "reforme", "[]"),
        ({"au": None}, "au", ""),
    ],
)
def test_chaque_faute_est_nommee(
    client: Client, change: dict[str, Any], cle: str, valeur: str
) -> None:
    rendue = poster(client, {**EXEMPLE, **change}, question="projeter")
    (faute,) = probleme(rendue, "dossier_invalide")["erreurs"]
    assert (faute["cle"], faute["valeur"]) == (cle, valeur)


def test_aucun_parametre_d_adresse_n_est_lu(client: Client) -> None:
    probleme(poster(client, EXEMPLE, "?reforme=igas-9", "projeter"), "parametre_invalide")
    probleme(client.get(f"{V1}/projeter"), "methode_refusee")
