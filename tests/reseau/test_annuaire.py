"""The public directory says who is under convention, within its days, and never joins it to what sources say."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.gestes.services import faire
from binome.reseau.conventions import CONVENTIONS
from binome.reseau.flows import SITES
from binome.reseau.models import Convention, SiteDeFormation
from tests.reseau.vie import un_site, une_convention

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django.fixtures import Settings

    from tests.dossiers.monde import Monde


def lire(client: Client, filtre: str = "") -> str:
    page: str = client.get(f"/organismes/{filtre}").content.decode()
    section = page.partition('id="sous-convention"')[2].partition("</section>")[0]
    return section.replace("\xa0", " ").replace("\u202f", " ")


@pytest.fixture(autouse=True)
def _demonstration(settings: Settings) -> None:
    settings.DEMONSTRATION = True


def test_un_organisme_sous_convention_y_est_avec_ses_jours(monde: Monde, client: Client) -> None:
    une = une_convention(monde)
    page = lire(client)
    for dit in (
        "Organisme A",
        "d’après la branche",
        "Laval centre, Laval, Mayenne",
        "bloc 4, 0 %",
        "Organisme d’exemple",
    ):
        assert dit in page, dit
    assert "habilit" not in page
    faire(CONVENTIONS, "suspendre", une, Acteur(monde.emma), version=1, donnees={"motif": "x"})
    assert "Organisme A" not in lire(client)


@pytest.mark.parametrize(("du", "au", "la"), [(0, 0, True), (1, 9, False), (-9, -1, False)])
def test_seuls_ses_jours_comptent(monde: Monde, client: Client, du: int, au: int, la: bool) -> None:
    une_convention(monde)
    jour = timezone.localdate()
    Convention.objects.update(du=jour + timedelta(days=du), au=jour + timedelta(days=au))
    assert ("Organisme A" in lire(client)) is la


def test_hors_d_une_demonstration_un_exemple_n_y_est_pas(
    monde: Monde, client: Client, settings: Settings
) -> None:
    une_convention(monde)
    settings.DEMONSTRATION = False
    assert "Aucune convention n’est tenue dans Binôme" in lire(client)


def test_un_site_ferme_n_y_est_plus(monde: Monde, client: Client) -> None:
    une_convention(monde)
    un_site(monde, nom="Hors convention")
    site = SiteDeFormation.objects.get(nom="Laval centre")
    faire(SITES, "fermer", site, Acteur(monde.alice), version=site.version)
    page = lire(client)
    assert "Aucun site ouvert aujourd’hui." in page
    assert "Hors convention" not in page


@pytest.mark.parametrize(
    ("filtre", "la"),
    [
        ("?departement=53", True), ("?departement=72", False), ("?texte=LAVAL", True), ("?texte=brest", False),
        ("?modalite=presentiel", True), ("?modalite=distance", True), ("?modalite=inconnue", False),
    ],
)  # fmt: skip
def test_les_filtres_valent_pour_elles(monde: Monde, client: Client, filtre: str, la: bool) -> None:
    une_convention(monde)
    assert ("Organisme A" in lire(client, filtre)) is la


def test_sans_base_ce_que_disent_les_sources_reste(
    monde: Monde, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def tombee(_: Any) -> None:
        raise OperationalError

    monkeypatch.setattr("binome.site.organismes.views.sous_convention", tombee)
    page = client.get("/organismes/")
    assert page.status_code == 200
    assert "Nous ne pouvons pas lire les conventions" in page.content.decode()


def test_trois_requetes_quel_que_soit_leur_nombre(monde: Monde, client: Client) -> None:
    une_convention(monde)
    with CaptureQueriesContext(connection) as requetes:
        lire(client)
    # Conventions, their sites, and the sessions that announce seats.
    assert len(requetes) == 3
