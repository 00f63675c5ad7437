"""How many queries a jury page asks: those of a person presented, and nothing that follows the seats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.jurys.vie import membre

if TYPE_CHECKING:
    from django.test import Client

    from tests.jurys.vie import VieDeJury


def _compter(client: Client, adresse: str) -> int:
    with CaptureQueriesContext(connection) as lues:
        assert client.get(adresse).status_code == 200
    return len(lues)


def test_les_pages_ne_demandent_rien_de_plus_par_personne_qui_siege(
    vie: VieDeJury, client: Client
) -> None:
    client.force_login(vie.monde.ana)
    pages = (
        f"/espace/jurys/{vie.jury.pk}/places/", "/espace/jurys/places/", "/espace/jurys/membres/",
        f"/espace/jurys/{vie.jury.pk}/",
    )  # fmt: skip
    for page in pages:
        _compter(client, page)
    avant = [_compter(client, page) for page in pages]
    for rang in range(6):
        membre(vie.monde, f"Renfort{rang}")
    assert [_compter(client, page) for page in pages] == avant
