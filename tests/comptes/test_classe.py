"""A classroom behind one address: twenty people sign in and file within a minute; who guesses from there waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client, RequestFactory

from binome.comptes.services import creer_organisation, donner_role
from binome.comptes.tentatives import PAR_ADRESSE, PAR_COMPTE, Tentative
from binome.dossiers.models import Dossier
from tests.dossiers.monde import personne

if TYPE_CHECKING:
    from binome.comptes.models import Organisation, Personne

MOT_DE_PASSE = "une phrase assez longue"
SALLE = "192.0.2.7"
ELEVES = 20


@pytest.fixture
def organisme(db: None) -> Organisation:
    return creer_organisation("organisme", "Organisme A", exemple=True)


def _gens(organisme: Organisation, combien: int) -> list[Personne]:
    gens = [personne(f"eleve{rang}", password=MOT_DE_PASSE) for rang in range(combien)]
    for une in gens:
        donner_role(une, organisme, "gestionnaire")
    return gens


def _entrer(client: Client, courriel: str, mot_de_passe: str = MOT_DE_PASSE) -> int:
    donnees = {"login": courriel, "password": mot_de_passe}
    return client.post("/compte/connexion/", donnees, REMOTE_ADDR=SALLE).status_code


def test_vingt_personnes_d_une_salle_entrent_et_ouvrent_un_dossier(organisme: Organisation) -> None:
    gens = _gens(organisme, ELEVES)
    for rang, une in enumerate(gens):
        client = Client()
        if not rang % 5:
            # Some mistype first, twice.
            assert [_entrer(client, une.courriel, "pas la bonne phrase") for _ in range(2)] == [
                200,
                200,
            ]
        assert _entrer(client, une.courriel) == 302, f"la personne {rang} attend"
        assert client.get("/espace/", REMOTE_ADDR=SALLE).status_code == 200
        ouvert = client.post(
            "/espace/dossiers/nouveau/", {"prenom": "Zoé", "nom": f"Neuve {rang}", "naissance": "03/05/1984"},
            REMOTE_ADDR=SALLE,
        )  # fmt: skip
        assert ouvert.status_code == 302, f"la personne {rang} n’ouvre pas de dossier"
    assert Dossier.objects.count() == ELEVES


def test_une_salle_entiere_demande_un_mot_de_passe(organisme: Organisation) -> None:
    lus = {
        Client().post("/compte/mot-de-passe/oublie/", {"email": une.courriel}, REMOTE_ADDR=SALLE).status_code
        for une in _gens(organisme, ELEVES + 10)
    }  # fmt: skip
    assert lus == {302}


def test_qui_devine_depuis_la_salle_attend_et_qui_est_entre_travaille(
    organisme: Organisation,
) -> None:
    deja, visee = _gens(organisme, 2)
    client = Client()
    assert _entrer(client, deja.courriel) == 302
    for rang in range(PAR_COMPTE):
        assert _entrer(Client(), visee.courriel, f"essai {rang}") == 200
    # Its own account is closed from here, even to the right words; another account is not.
    assert _entrer(Client(), visee.courriel) != 302
    assert _entrer(Client(), deja.courriel) == 302
    for rang in range(PAR_ADRESSE):
        Tentative(RequestFactory().post("/", REMOTE_ADDR=SALLE), f"inconnue{rang}").commencer()
    assert _entrer(Client(), deja.courriel) != 302, "de là, plus personne n’essaie"
    assert client.get("/espace/dossiers/", REMOTE_ADDR=SALLE).status_code == 200
    ailleurs = {"login": visee.courriel, "password": MOT_DE_PASSE}
    assert (
        Client().post("/compte/connexion/", ailleurs, REMOTE_ADDR="198.51.100.4").status_code == 302
    )
