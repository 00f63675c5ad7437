"""The members' door: nobody comes in without signing in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.test import Client

    from tests.dossiers.monde import Monde


def test_qui_n_est_pas_connecte_va_a_la_porte(client: Client) -> None:
    page = client.get("/espace/?page=2")
    assert page.status_code == 302
    assert page.headers["Location"] == "/compte/connexion/?next=/espace/%3Fpage%3D2"


def test_qui_est_connecte_entre(client: Client, monde: Monde) -> None:
    client.force_login(monde.alice)
    assert "Pour votre organisme" in client.get("/espace/").content.decode()
