"""The branch sees where people train under convention, how far others are, and what a source said in 2023, apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.gestes.services import faire
from binome.reseau.conventions import CONVENTIONS
from binome.reseau.couverture import couverture
from tests.reseau.vie import un_site, une_convention

if TYPE_CHECKING:
    from django.test import Client

    from tests.dossiers.monde import Monde


def test_seuls_les_sites_sous_convention_couvrent(monde: Monde) -> None:
    une = une_convention(monde)
    un_site(monde, nom="Ailleurs", departement="13", commune="Marseille")
    branches = [monde.branche.pk]
    lignes = {un.departement.code: un for un in couverture(timezone.localdate(), branches)}
    assert (lignes["53"].sites, lignes["53"].phrase) == (1, "Ici")
    assert (lignes["13"].sites, lignes["72"].phrase) == (0, "Département voisin")
    assert lignes["974"].phrase == "Aucun que l’on atteigne par la terre"
    assert (lignes["2A"].zone_de_2023, lignes["53"].zone_de_2023) == (True, False)
    faire(CONVENTIONS, "suspendre", une, Acteur(monde.emma), version=1, donnees={"motif": "x"})
    assert not any(un.sites for un in couverture(timezone.localdate(), branches))


def test_la_page_le_montre_et_dit_ce_qu_elle_compte(monde: Monde, client: Client) -> None:
    client.force_login(monde.emma)
    assert (
        "Aucun site n’est sous convention"
        in client.get("/espace/reseau/couverture/").content.decode()
    )
    une_convention(monde)
    with CaptureQueriesContext(connection) as requetes:
        page = (
            client.get("/espace/reseau/couverture/")
            .content.decode()
            .replace("\xa0", " ")
            .replace("\u202f", " ")
        )
    assert len(requetes) <= 6
    for dit in (
        "1 département a un site ouvert sous convention", "100 n’en ont pas", "Nous ne connaissons pas les distances",
        "Mayenne : 1 site sous convention", "mal couvert", "¶177",
    ):  # fmt: skip
        assert dit in page, dit
    client.force_login(monde.alice)
    assert client.get("/espace/reseau/couverture/").status_code == 404


def test_la_premiere_page_tient_ses_requetes(monde: Monde, client: Client) -> None:
    une_convention(monde)
    for rang in range(12):
        un_site(monde, nom=f"Site {rang}")
    for qui in (monde.alice, monde.emma):
        client.force_login(qui)
        with CaptureQueriesContext(connection) as requetes:
            assert client.get("/espace/reseau/").status_code == 200
        assert len(requetes) <= 10
