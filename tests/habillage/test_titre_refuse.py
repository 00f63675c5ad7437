"""A page that refused what was sent says so first: in its title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.dossiers.monde import brouillon, construire

if TYPE_CHECKING:
    from django.test import Client


@pytest.mark.django_db
def test_le_titre_d_une_page_refusee_dit_erreur(client: Client) -> None:
    monde = construire()
    dossier = brouillon(monde)
    client.force_login(monde.alice)
    page = f"/espace/dossiers/{dossier.reference}/saisie/"
    assert "<title>Dossier" in client.get(page).content.decode()
    donnees = {"version": dossier.version, "courriel": "jean@"}
    refusee = client.post(page, donnees)
    assert refusee.status_code == 422
    assert re.search(r"<title>Erreur\s: Dossier", refusee.content.decode())
    depassee = client.post(page, {**donnees, "version": 1, "courriel": "jean@exemple.fr"})
    assert depassee.status_code == 409
    assert "<title>Erreur" in depassee.content.decode()
    morceau = client.post(page, donnees, headers={"HX-Request": "true"})
    assert "<title>" not in morceau.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("page", "donnees"),
    [
        ("/compte/connexion/", {"login": "x@exemple.fr", "password": "faux"}),
        ("/compte/connexion/", {"login": "", "password": ""}),
        ("/compte/mot-de-passe/oublie/", {"email": "x@"}),
    ],
)
def test_les_pages_du_compte_le_disent_aussi(
    client: Client, page: str, donnees: dict[str, str]
) -> None:
    """They come from a library that answers as if nothing was refused."""
    assert "<title>Erreur" not in client.get(page).content.decode()
    refusee = client.post(page, donnees).content.decode()
    assert re.search(r"<title>Erreur\s: ", refusee), refusee[:300]
    assert len(re.findall(r"Erreur\s: ", refusee)) == 1
