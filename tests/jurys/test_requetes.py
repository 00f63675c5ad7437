"""How many queries a jury page asks: nothing that follows the seats, nor those presented."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.test.utils import CaptureQueriesContext

from binome.jurys.services import presenter
from tests.jurys.vie import jury_de, membre, ouvrir, parcours_ouvert

if TYPE_CHECKING:
    from django.test import Client

    from tests.dossiers.monde import Monde
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


def test_la_page_d_un_jury_ne_demande_rien_de_plus_par_personne_presentee(
    monde: Monde, client: Client
) -> None:
    vie = ouvrir(jury_de(monde, parcours_ouvert(monde)))
    client.force_login(monde.ana)
    page = f"/espace/jurys/{vie.jury.pk}/"
    _compter(client, page)
    avant = _compter(client, page)
    for _ in range(2):
        presenter(vie.ana, vie.jury, parcours_ouvert(monde))
    assert client.get(page).content.decode().count("À relire d’abord.") == 3
    assert _compter(client, page) == avant
