"""Everything that goes wrong under /api/ is a problem detail, and every code has its page."""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import caches

from binome.api.operations import positionner as operation
from binome.api.problemes import GENRES
from tests.api.outils import V1, poster, probleme

if TYPE_CHECKING:
    from django.test import Client

    from binome.regles.base import Base
    from binome.regles.faits import Dossier
    from binome.regles.metiers.positionnement import Positionnement


@pytest.mark.parametrize("code", GENRES)
def test_chaque_code_a_sa_page(client: Client, code: str) -> None:
    page = client.get(f"/api/erreurs/{code}")
    assert page.status_code == 200
    assert GENRES[code].titre in page.content.decode().replace("\u202f", " ").replace("\xa0", " ")


def test_un_code_inconnu_n_a_pas_de_page(client: Client) -> None:
    probleme(client.get("/api/erreurs/autre"), "introuvable")


@pytest.mark.parametrize("chemin", ["/api/x", "/api/v2/positionner", "/api/v1/a/b", "/api/%0a"])
@pytest.mark.parametrize("methode", ["get", "post", "put", "head"])
def test_hors_des_adresses_connues(client: Client, chemin: str, methode: str) -> None:
    reponse = getattr(client, methode)(chemin)
    assert reponse.status_code == 404
    assert reponse.headers["Content-Type"] == "application/problem+json"


def test_un_hote_inconnu_est_refuse_sans_html(client: Client) -> None:
    reponse = client.get(f"{V1}/regles", headers={"Host": "ailleurs.example"})
    probleme(reponse, "demande_illisible")


def test_une_faute_a_nous_est_dite_sans_rien_montrer(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def casser(_: Base, dossier: Dossier) -> Positionnement:
        raise RuntimeError(str(dossier["date_naissance"]))

    casse = replace(operation.POSITIONNER, repondre=casser)
    monkeypatch.setattr(operation, "POSITIONNER", casse)
    with caplog.at_level(logging.ERROR):
        reponse = poster(client, {"date_naissance": "1987-05-02"})
    objet = probleme(reponse, "panne")
    assert "1987" not in str(objet)
    assert "RuntimeError" in caplog.text
    assert "1987" not in caplog.text


def test_une_erreur_du_client_n_est_pas_notee(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    """Its address may hold the token of a lot."""
    with caplog.at_level(logging.DEBUG, logger="django.request"):
        client.get(f"{V1}/regles/nulle")
    assert not [trace for trace in caplog.records if trace.name == "django.request"]


@pytest.fixture
def limite(monkeypatch: pytest.MonkeyPatch) -> int:
    """Three requests a minute, in a minute that does not end."""
    monkeypatch.setenv("BINOME_API_PAR_MINUTE", "3")
    monkeypatch.setattr(time, "time", lambda: 1_000_000_010.0)
    caches["processus"].clear()
    return 3


def test_au_dela_du_debit_on_attend(client: Client, limite: int) -> None:
    for _ in range(limite):
        assert poster(client, {}).status_code == 200
    reponse = poster(client, {})
    probleme(reponse, "trop_de_demandes")
    assert reponse.headers["Retry-After"] == "10"


def test_chaque_adresse_a_son_compte(client: Client, limite: int) -> None:
    rendus = [
        client.get(f"{V1}/regles", REMOTE_ADDR="192.0.2.1").status_code for _ in range(limite + 1)
    ]
    assert rendus == [200] * limite + [429]
    assert client.get(f"{V1}/regles", REMOTE_ADDR="192.0.2.2").status_code == 200


def test_une_adresse_ecrite_par_le_client_ne_compte_pas(
    client: Client, limite: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BINOME_DERRIERE_UN_RELAIS", "non")  # once, any word said yes here
    statuts = [
        client.get(f"{V1}/regles", headers={"X-Forwarded-For": f"192.0.2.{n}"}).status_code
        for n in range(limite + 1)
    ]
    assert statuts[-1] == 429


def test_zero_leve_la_limite(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BINOME_API_PAR_MINUTE", "0")
    assert {poster(client, {}).status_code for _ in range(10)} == {200}


def test_les_lots_comptent_aussi(client: Client, limite: int) -> None:
    reponses: list[Any] = [client.post(f"{V1}/lots") for _ in range(limite + 1)]
    assert [un.status_code for un in reponses] == [400, 400, 400, 429]
