"""What a page's script is told when it sends a form: where to go, or why nothing was done."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any, Final

import pytest
from django.test import Client
from django.urls import reverse

from binome.comptes.garde import garde_de
from tests.dossiers.monde import Monde, brouillon, construire

if TYPE_CHECKING:
    from django.http import HttpResponse

pytestmark = pytest.mark.django_db
SCRIPT: Final = {"X-Binome-Envoi": "1"}


@pytest.fixture
def monde() -> Monde:
    """The made-up world."""
    return construire()


def _poster(client: Client, adresse: str, **headers: str) -> HttpResponse:
    donnees: dict[str, Any] = {"prenom": "Léa", "nom": "Exemple"}
    return client.post(adresse, donnees, headers=headers)  # type: ignore[return-value] # the test client gives its own response


def test_la_suite_se_dit_sans_que_la_page_soit_lue(monde: Monde) -> None:
    client = Client()
    client.force_login(monde.alice)
    reponse = _poster(client, "/espace/dossiers/nouveau/", **SCRIPT)
    assert (reponse.status_code, reponse.content) == (204, b"")
    assert reponse.headers["X-Suite"].endswith("/saisie/")
    assert _poster(client, "/espace/dossiers/nouveau/").status_code == 302


@pytest.mark.parametrize("entete", [SCRIPT, {"HX-Request": "true"}])
def test_une_session_finie_n_amene_pas_la_porte_dans_la_page(
    monde: Monde, entete: dict[str, str]
) -> None:
    dossier = brouillon(monde)
    for adresse in (f"/espace/dossiers/{dossier.reference}/saisie/", reverse("regarder")):  # fmt: skip
        reponse = _poster(Client(), adresse, **entete)
        assert (reponse.status_code, reponse.headers.get("X-Refus")) == (401, "session"), adresse
        assert reponse.content == b""


def test_ce_qu_une_autre_personne_a_tape_n_est_pas_enregistre(monde: Monde) -> None:
    dossier = brouillon(monde)
    adresse = f"/espace/dossiers/{dossier.reference}/saisie/"
    client = Client()
    client.force_login(monde.alice)
    donnees = {"version": dossier.version, "session": "de Bob"}
    de_bob = {**SCRIPT, "X-Binome-Compte": garde_de(monde.bob).partition(":")[0]}
    reponse = client.post(adresse, donnees, headers=de_bob)
    assert (reponse.status_code, reponse.headers["X-Refus"]) == (401, "autre-compte")
    dossier.refresh_from_db()
    assert dossier.session == ""
    d_alice = {**SCRIPT, "X-Binome-Compte": garde_de(monde.alice).partition(":")[0]}
    assert client.post(adresse, donnees, headers=d_alice).status_code == 204


def test_un_jeton_perdu_se_reconnait(monde: Monde) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(monde.alice)
    reponse = _poster(client, "/espace/dossiers/nouveau/", **SCRIPT)
    assert (reponse.status_code, reponse.headers["X-Refus"]) == (403, "jeton")


def test_chacun_a_sa_cle_et_la_garde_au_redemarrage(monde: Monde, settings: Any) -> None:
    d_alice, de_bob = garde_de(monde.alice), garde_de(monde.bob)
    assert len({*d_alice.split(":"), *de_bob.split(":")}) == 4
    assert len(base64.b64decode(d_alice.split(":")[1])) == 32
    settings.SECRET_KEY = "".join(reversed(settings.SECRET_KEY))  # as a demonstration started again
    assert garde_de(monde.alice) == d_alice
    monde.alice.set_password("une autre phrase assez longue")
    assert garde_de(monde.alice) != d_alice


def test_seules_les_pages_d_un_compte_en_portent_la_cle(monde: Monde) -> None:
    client = Client()
    assert 'name="garde"' not in client.get("/simulateur/candidat/").content.decode()
    client.force_login(monde.alice)
    assert garde_de(monde.alice) in client.get("/espace/").content.decode()
    assert "no-store" in client.get("/espace/").headers["Cache-Control"]
    assert 'name="garde"' not in client.get("/simulateur/candidat/").content.decode()
