"""The door: an address and a password, then a second factor for who must have one."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client

from binome.comptes.facteurs import code_du_moment, poser_application
from binome.courrier.envoi import envoyer
from binome.courrier.models import Message
from tests.dossiers.monde import Monde, construire, personne

if TYPE_CHECKING:
    from django.core.mail import EmailMessage

pytestmark = pytest.mark.django_db
MOT = "une phrase bien longue"
CONNEXION = "/compte/connexion/"


@pytest.fixture(autouse=True)
def _compteurs_a_zero() -> None:
    cache.clear()


@pytest.fixture
def monde() -> Monde:
    """The made-up world; each has the same password."""
    monde = construire()
    for un in (monde.alice, monde.emma):
        un.set_password(MOT)
        un.save()
    return monde


def lu(reponse: object) -> str:
    """A page's words, spaces flattened."""
    texte = reponse.content.decode()  # type: ignore[attr-defined]
    return " ".join(texte.replace("\xa0", " ").replace("\u202f", " ").split())


def connecter(client: Client, courriel: str, mot: str = MOT, suite: str = "") -> object:
    """What the door answers."""
    return client.post(CONNEXION, {"login": courriel, "password": mot, "next": suite})


def test_une_gestionnaire_entre_par_son_mot_de_passe(client: Client, monde: Monde) -> None:
    renvoi = client.get("/espace/dossiers/")
    assert renvoi.headers["Location"] == f"{CONNEXION}?next=/espace/dossiers/"
    assert "Se connecter" in lu(client.get(renvoi.headers["Location"]))
    entree = connecter(client, "Alice@Exemple.fr", suite="/espace/dossiers/")
    assert entree.headers["Location"] == "/espace/dossiers/"  # type: ignore[attr-defined]
    assert client.get("/espace/dossiers/").status_code == 200
    assert monde.alice.password.startswith("argon2")
    client.post("/compte/deconnexion/")
    assert client.get("/espace/").status_code == 302


def test_la_porte_ne_dit_pas_qui_a_un_compte(client: Client, monde: Monde) -> None:
    faux = lu(connecter(client, monde.alice.courriel, "pas le bon du tout"))
    inconnu = lu(connecter(client, "personne@exemple.fr", "pas le bon du tout"))
    assert "L’adresse ou le mot de passe ne correspond pas." in faux
    sans = re.compile(r'value="[^"]*"')
    assert sans.sub("", faux) == sans.sub("", inconnu)
    oubli = "/compte/mot-de-passe/oublie/"
    reponses = [
        client.post(oubli, {"email": un}).headers["Location"]
        for un in (monde.alice.courriel, "personne@exemple.fr")
    ]
    assert reponses[0] == reponses[1] == f"{oubli}envoye/"
    assert Message.objects.count() == 1


def test_les_essais_sont_comptes(client: Client, monde: Monde) -> None:
    for _ in range(6):
        reponse = connecter(client, monde.alice.courriel, "pas le bon du tout")
    assert "Trop d’essais" in lu(reponse)
    assert "Trop d’essais" in lu(connecter(client, monde.alice.courriel))


def test_personne_ne_s_inscrit_de_soi_meme(client: Client) -> None:
    assert client.get("/compte/inscription/").status_code == 404


def test_un_mot_de_passe_oublie_se_remplace_une_fois(
    client: Client, monde: Monde, mailoutbox: list[EmailMessage]
) -> None:
    client.post("/compte/mot-de-passe/oublie/", {"email": monde.alice.courriel})
    assert envoyer() == 1
    (lettre,) = mailoutbox
    assert lettre.to == [monde.alice.courriel]
    lien = re.search(r"http://testserver(/compte/\S+)", str(lettre.body))
    assert lien is not None
    assert Message.objects.get().texte == ""  # the link is not kept
    page = client.get(lien[1], follow=True)
    ici = page.redirect_chain[-1][0]
    assert "Choisir un nouveau mot de passe" in lu(page)
    assert "trop court" in lu(client.post(ici, {"password1": "court", "password2": "court"}))
    neuf = "une autre phrase très longue"
    fait = client.post(ici, {"password1": neuf, "password2": neuf}, follow=True)
    assert "Votre mot de passe est changé" in lu(fait)
    assert "Ce lien ne vaut plus" in lu(Client().get(lien[1]))
    assert connecter(Client(), monde.alice.courriel, neuf).status_code == 302  # type: ignore[attr-defined]


def test_la_branche_pose_un_second_facteur_avant_d_entrer(client: Client, monde: Monde) -> None:
    Authenticator.objects.filter(user=monde.emma).delete()
    connecter(client, monde.emma.courriel)
    renvoi = client.get("/espace/dossiers/")
    assert renvoi.headers["Location"] == "/compte/securite/"
    assert "il est demandé avant d’ouvrir l’espace" in lu(client.get("/compte/securite/"))
    page = client.get("/compte/securite/application/")
    secret = page.context["form"].secret
    assert secret in lu(page)
    refus = client.post("/compte/securite/application/", {"code": "000000"})
    assert "Ce code n’est pas le bon" in lu(refus)
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    fait = client.post("/compte/securite/application/", {"code": code}, follow=True)
    secours = re.findall(r"<code>([0-9a-f]{8})</code>", lu(fait))
    assert len(secours) == 10
    assert client.get("/espace/dossiers/").status_code == 200
    # Kept encrypted, unless in a demonstration; and the app cannot be taken away, being the last.
    retrait = client.get("/compte/securite/application/retirer/")
    assert "Ajoutez-en un autre avant de retirer celui-ci" in lu(retrait)
    client.post("/compte/securite/application/retirer/")
    assert Authenticator.objects.filter(user=monde.emma, type="totp").exists()
    # A recovery code opens the door, once.
    for attendu in (302, 200):
        autre = Client()
        assert connecter(autre, monde.emma.courriel).headers["Location"] == "/compte/code/"  # type: ignore[attr-defined]
        assert autre.get("/espace/").status_code == 302
        assert autre.post("/compte/code/", {"code": secours[0]}).status_code == attendu


def test_le_code_de_l_application_finit_d_ouvrir(client: Client, monde: Monde) -> None:
    connecter(client, monde.emma.courriel)
    page = lu(client.get("/compte/code/"))
    code = code_du_moment(monde.emma)
    assert code in page  # a made-up person of a demonstration is shown it
    monde.emma.exemple = False
    monde.emma.save()
    assert code not in lu(client.get("/compte/code/"))
    assert client.post("/compte/code/", {"code": code}).status_code == 302
    assert client.get("/espace/").status_code == 200
    rejoue = Client()
    connecter(rejoue, monde.emma.courriel)
    assert rejoue.post("/compte/code/", {"code": code}).status_code == 200  # never twice


def test_les_secrets_sont_couverts_hors_demonstration(settings: object) -> None:
    settings.DEMONSTRATION = False  # type: ignore[attr-defined]
    qui = personne("nouvelle")
    secret = poser_application(qui)
    garde = Authenticator.objects.get(user=qui).data["secret"]
    assert secret not in garde
    assert len(code_du_moment(qui)) == 6


@pytest.mark.parametrize(
    "adresse",
    [
        "/compte/securite/",
        "/compte/securite/cles/",
        "/compte/securite/cles/ajouter/",
        "/compte/securite/application/",
        "/compte/mot-de-passe/",
        "/compte/deconnexion/",
    ],
)
def test_les_pages_du_compte_se_lisent_et_sont_gardees(
    client: Client, monde: Monde, adresse: str
) -> None:
    if "deconnexion" not in adresse:
        assert CONNEXION in client.get(adresse).headers["Location"]
    connecter(client, monde.alice.courriel)
    page = client.get(adresse)
    assert page.status_code == 200
    assert "<script>" not in page.content.decode()
