"""Who pays: the routes of one person by their addresses, and the page that explains the funding."""

from __future__ import annotations

from tests.site.lecture import lire


def test_provisoire(client):
    lire(client, "/simulateur/candidat/financement/?date_entree=2023-06-01&diplomes=aucun&niveau_diplome=4&situation=salarie_cabinet")
    lire(client, "/financement/")
