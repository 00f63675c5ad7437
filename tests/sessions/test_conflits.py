"""Conflicts found by the database: few queries whatever is elsewhere, and the same answer on a page, in a list, before publishing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from binome.comptes.acteur import Acteur
from binome.gestes.services import naitre
from binome.sessions.conflits import conflits, en_conflit
from binome.sessions.flows import CRENEAUX
from binome.sessions.models import Creneau, Session
from tests.presences.vie import un_site, une_session
from tests.sessions.vie import inscrire, preparee, un_parcours

if TYPE_CHECKING:
    from django.test import Client

    from binome.reseau.models import SiteDeFormation
    from tests.dossiers.monde import Monde


def _ailleurs(
    monde: Monde, comme: Creneau, *, site: SiteDeFormation | None = None, apres: int = 0, dure: int = 210,
    salle: str = "", qui: bool = True,
) -> Session:  # fmt: skip
    """Another session, with one slot that begins `apres` minutes after that of the first."""
    session = une_session(monde, site or comme.session.site)
    debut = comme.debut + timedelta(minutes=apres)
    creneau = Creneau(
        session=session, debut=debut, fin=debut + timedelta(minutes=dure), minutes=dure, bloc=1, module="B1M1",
        modalite="sur_place", salle=salle, formateur=monde.bob if qui else None,
    )  # fmt: skip
    naitre(CRENEAUX, "poser", [creneau], Acteur(monde.alice))
    return session


def _premier(session: Session) -> Creneau:
    return session.creneaux.select_related("session__site").earliest("debut")


@pytest.mark.postgresql
def test_ce_qui_est_ailleurs_ne_se_lit_pas_entier(monde: Monde) -> None:
    """Of four at once, one is named, and that there are more; neither queries nor conflicts grow with them."""
    session = preparee(monde)
    comptes, phrases = [], []
    for _ in range(4):
        _ailleurs(monde, _premier(session), salle="Salle 1")
        with CaptureQueriesContext(connection) as requetes:
            phrases.append([un.phrase for un in conflits(session)])
        comptes.append(len(requetes))
    assert [len(un) for un in phrases] == [2, 2, 2, 2]
    assert len(set(comptes)) == 1
    assert comptes[0] <= 5
    assert ["et ailleurs encore" in un[0] for un in phrases] == [False, True, True, True]
    assert ["et ailleurs encore" in un[1] for un in phrases] == [False, True, True, True]


@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("apres", "dure", "trouve"),
    [(209, 60, True), (210, 60, False), (-60, 60, False), (-60, 61, True), (-719, 720, True), (30, 30, True)],
)  # fmt: skip
def test_deux_creneaux_qui_se_touchent_ne_se_genent_pas(
    monde: Monde, apres: int, dure: int, trouve: bool
) -> None:
    """To the minute, before and after; the longest slot that may be is met still."""
    session = preparee(monde)
    premier = _premier(session)
    session.creneaux.exclude(pk=premier.pk).update(etat="annule")
    _ailleurs(monde, premier, apres=apres, dure=dure)
    assert bool(conflits(session)) == trouve
    assert en_conflit([session]) == ({session.pk: 1} if trouve else {})


@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("ecrite", "ici", "trouve"),
    [("Salle 1", True, True), ("salle  1", True, True), ("SALLÉ-1", True, True), ("Salle 11", True, False),
     ("Salle 1", False, False)],
)  # fmt: skip
def test_une_salle_est_la_meme_de_quelque_facon_qu_on_l_ecrive(
    monde: Monde, ecrite: str, ici: bool, trouve: bool
) -> None:
    session = preparee(monde)
    autre = session.site if ici else un_site(monde, "Ailleurs")
    _ailleurs(monde, _premier(session), site=autre, salle=ecrite, qui=False)
    assert [un.phrase.startswith("La salle Salle 1 est prise") for un in conflits(session)] == [
        True
    ] * trouve
    assert en_conflit([session]) == ({session.pk: 1} if trouve else {})


def test_la_liste_dit_combien_de_creneaux_sont_en_conflit(monde: Monde, client: Client) -> None:
    """A trainer, a room, a person: of one slot, counted once; not one query more for more sessions."""
    session = preparee(monde)
    client.force_login(monde.alice)
    assert "en conflit" not in client.get("/espace/sessions/").content.decode()
    premier = _premier(session)
    autre = _ailleurs(monde, premier, salle="salle 1")
    parcours = un_parcours(monde)
    for une in (session, autre):
        inscrire(monde, une, parcours, 1)
    assert len(conflits(session)) == 3
    assert en_conflit([session, autre]) == {session.pk: 1, autre.pk: 1}
    comptes, dit = [], ""
    for _ in range(2):
        with CaptureQueriesContext(connection) as requetes:
            dit = client.get("/espace/sessions/").content.decode().replace("\xa0", " ")
        comptes.append(len(requetes))
        inscrire(monde, _ailleurs(monde, premier, salle="salle 1"), parcours, 1)
    assert dit.count("1 créneau à venir en conflit.") == 3
    assert comptes[0] == comptes[1]


def test_une_personne_en_deux_lieux_compte_meme_seule(monde: Monde) -> None:
    session = preparee(monde)
    premier = _premier(session)
    parcours = un_parcours(monde)
    suit = parcours.modules.get(code="B1M1").statut == "a_suivre"
    autre = _ailleurs(monde, premier, qui=False)
    for une in (session, autre):
        inscrire(monde, une, parcours, 1)
    assert en_conflit([session]) == ({session.pk: 1} if suit else {})
    autre.creneaux.update(etat="annule")
    assert en_conflit([session]) == {}
