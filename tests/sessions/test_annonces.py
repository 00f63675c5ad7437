"""The directory shows the seats that organisations announce: published, dated, never a made-up one on a real site."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.gestes.services import faire
from binome.regles.calendrier import date_en_clair
from binome.sessions.annonces import places_annoncees
from binome.sessions.flows import SESSIONS
from tests.sessions.vie import annuler, inscrire, preparee, un_parcours

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import Settings

    from binome.sessions.models import Session
    from tests.dossiers.monde import Monde


@pytest.fixture(autouse=True)
def _demonstration(settings: Settings) -> None:
    settings.DEMONSTRATION = True


def _annonce(client: Client, filtre: str = "") -> str:
    page: str = client.get(f"/organismes/{filtre}").content.decode()
    section = page.partition('id="places"')[2].partition("</section>")[0]
    return " ".join(section.replace("\xa0", " ").replace("\u202f", " ").split())


def _publiee(monde: Monde, session: Session | None = None) -> Session:
    session, alice = session or preparee(monde), Acteur(monde.alice)
    reglage = {"capacite": "3", "places_annoncees": "oui"}
    faire(SESSIONS, "regler", session, alice, version=1, donnees=reglage)
    faire(
        SESSIONS,
        "publier",
        session,
        alice,
        version=2,
        donnees={"malgre": "oui", "sans_convention": "oui"},
    )
    return session


def test_les_places_se_disent_quand_l_organisme_le_veut(monde: Monde, client: Client) -> None:
    session = preparee(monde)
    assert _annonce(client) == ""
    inscrire(monde, session, un_parcours(monde), 1)
    _publiee(monde, session)
    dit = _annonce(client)
    assert f"dans Binôme, le {date_en_clair(timezone.localdate())}" in dit
    assert "Organisme A, Laval" in dit
    assert "Organisme d’exemple : il n’existe pas" in dit
    assert "2 places, entrée possible le 12 janvier 2027 : bloc 1, suivi du parcours" in dit
    assert "3 places, entrée possible le" in dit
    assert _annonce(client, "?departement=53")
    assert _annonce(client, "?departement=75") == ""
    assert _annonce(client, "?texte=laval")
    assert _annonce(client, "?texte=brest") == ""
    faire(SESSIONS, "regler", session, Acteur(monde.alice), version=3, donnees={"capacite": "3"})
    assert _annonce(client) == ""


def test_une_session_pleine_ou_annulee_ne_s_annonce_pas(monde: Monde, client: Client) -> None:
    session = _publiee(monde)
    for _ in range(3):
        inscrire(monde, session, un_parcours(monde), 1, 2)
    assert _annonce(client) == ""
    autre = _publiee(monde)
    assert _annonce(client)
    annuler(autre, monde, version=3)
    assert _annonce(client) == ""


def test_un_organisme_invente_n_annonce_rien_sur_un_vrai_site(
    monde: Monde, client: Client, settings: Settings
) -> None:
    _publiee(monde)
    settings.DEMONSTRATION = False
    assert _annonce(client) == ""
    assert places_annoncees(timezone.now()) == []
    monde.organisme.exemple = False
    monde.organisme.save(update_fields=["exemple"])
    assert "il n’existe pas" not in _annonce(client)
    assert _annonce(client)


def test_les_annonces_se_lisent_en_trois_requetes(monde: Monde) -> None:
    for _ in range(3):
        _publiee(monde)
    with CaptureQueriesContext(connection) as requetes:
        assert len(places_annoncees(timezone.now())) == 3
    assert len(requetes) == 3
