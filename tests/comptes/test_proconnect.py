"""ProConnect, against a provider that really answers and really signs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.contrib.sessions.models import Session
from django.test import Client

from binome.comptes.facteurs import poser_application
from binome.comptes.models import Identite, Personne
from binome.comptes.proconnect import A_LIER_ICI
from binome.comptes.services import creer_organisation, donner_role
from binome.courrier.models import Message
from binome.journal.models import Entree
from binome.reglages.controle import verifier
from binome.reglages.reglage import ReglageRefuse
from binome.socle.proconnect import proconnect
from tests.comptes.fournisseur import CLIENT, FAUSSE_CLE, SECRET, fournir
from tests.dossiers.monde import Monde, construire, personne

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse
    from pytest_django import Settings

    from tests.comptes.fournisseur import Fournisseur

pytestmark = pytest.mark.django_db
PORTE = "/compte/proconnect/"
MOT_DE_PASSE = "une phrase assez longue"


CHEZ_ALICE = "12345678200010"


@pytest.fixture
def monde() -> Monde:
    """Alice's organisation and the branch have a number that can be compared."""
    monde = construire()
    for organisation, numero in ((monde.organisme, CHEZ_ALICE), (monde.branche, "32345678200010")):
        organisation.identifiant = numero
        organisation.save()
    return monde


@pytest.fixture
def chez(settings: Settings) -> Iterator[Fournisseur]:
    """The provider, configured as an operator would."""
    with fournir() as serveur:
        environ = {
            "BINOME_PROCONNECT_EMETTEUR": serveur.emetteur,
            "BINOME_PROCONNECT_CLIENT": CLIENT,
            "BINOME_PROCONNECT_SECRET": SECRET,
        }
        regles = proconnect(environ)
        settings.PROCONNECT = regles
        for nom, valeur in regles.items():
            setattr(settings, nom, valeur)
        settings.AUTHENTICATION_BACKENDS = [
            *settings.AUTHENTICATION_BACKENDS,
            "binome.comptes.proconnect.ProConnect",
        ]
        serveur.dits = {"sub": "abc-123", "email": "alice@exemple.fr", "siret": CHEZ_ALICE}
        yield serveur


def revenir(client: Client, suite: str = "") -> str:
    """Goes to the provider, by HTTP; the address it sends back to."""
    depart = client.get(PORTE, {"next": suite} if suite else {})
    assert depart.status_code == 302, depart.content
    la_bas = requests.get(depart.headers["Location"], allow_redirects=False, timeout=5)
    retour = urlsplit(la_bas.headers["Location"])
    assert retour.path == f"{PORTE}retour/"
    return f"{retour.path}?{retour.query}"


def entrer(client: Client, suite: str = "") -> HttpResponse:
    return client.get(revenir(client, suite))  # type: ignore[return-value] # a response as the stubs patch it


def refuse(reponse: Any, raison: str, statut: int = 403) -> None:
    """A clear sentence, and no session."""
    assert reponse.status_code == statut
    texte = " ".join(reponse.content.decode().replace("\xa0", " ").split())
    assert raison in texte


def test_sans_reglage_la_porte_n_existe_pas(client: Client) -> None:
    assert client.get(PORTE).status_code == 404
    assert client.get(f"{PORTE}retour/?code=a&state=b").status_code == 404
    assert "ProConnect" not in client.get("/compte/connexion/").content.decode()


def test_une_personne_invitee_entre_et_reste_la_meme(
    client: Client, monde: Monde, chez: Fournisseur
) -> None:
    assert "S’identifier avec ProConnect" in client.get("/compte/connexion/").content.decode()
    assert entrer(client, "/espace/dossiers/").headers["Location"] == "/espace/dossiers/"
    assert client.get("/espace/").status_code == 200
    assert Identite.objects.get().personne == monde.alice
    assert Entree.objects.filter(geste="identite.liee").count() == 1
    # Known by their `sub` from now on, whatever the address; and tied once.
    chez.dits["email"] = "alice.autre@exemple.fr"
    autre = Client()
    assert entrer(autre).headers["Location"] == "/espace/"
    assert autre.session["_auth_user_id"] == str(monde.alice.pk)
    assert Entree.objects.filter(geste="identite.liee").count() == 1


def test_un_inconnu_est_refuse_et_rien_n_est_cree(
    client: Client, monde: Monde, chez: Fournisseur
) -> None:
    chez.dits["email"] = "inconnue@exemple.fr"
    refuse(entrer(client), "Demandez une invitation à cette adresse")
    assert not Identite.objects.exists()
    assert client.get("/espace/").status_code == 302
    monde.alice.is_active = False
    monde.alice.save()
    chez.dits["email"] = "alice@exemple.fr"
    refuse(entrer(client), "Demandez une invitation à cette adresse")


def test_une_autre_identite_ne_prend_pas_un_compte_deja_lie(
    client: Client, monde: Monde, chez: Fournisseur
) -> None:
    entrer(client)
    chez.dits["sub"] = "xyz-999"
    refuse(entrer(Client()), "déjà tenu par une autre identité")


@pytest.mark.parametrize(
    "jeton",
    [
        {"nonce": "un autre"},
        {"aud": "un autre service"},
        {"iss": "https://ailleurs.exemple.fr"},
        {"exp": 1_000_000_000},
    ],
    ids=["nonce", "audience", "emetteur", "perime"],
)
def test_un_jeton_qui_n_est_pas_pour_nous_est_refuse(
    client: Client, monde: Monde, chez: Fournisseur, jeton: dict[str, Any]
) -> None:
    chez.jeton = jeton
    refuse(entrer(client), "ProConnect n’a pas confirmé votre identité")
    assert client.get("/espace/").status_code == 302


def test_une_fausse_signature_est_refusee(client: Client, monde: Monde, chez: Fournisseur) -> None:
    chez.cle = FAUSSE_CLE
    refuse(entrer(client), "ProConnect n’a pas confirmé votre identité")


def test_ce_qui_est_dit_d_un_autre_est_refuse(
    client: Client, monde: Monde, chez: Fournisseur
) -> None:
    chez.userinfo = {"sub": "quelqu-un-d-autre"}
    refuse(entrer(client), "ProConnect n’a pas confirmé votre identité")


def test_un_retour_ne_sert_qu_une_fois_et_qu_a_qui_est_parti(
    client: Client, monde: Monde, chez: Fournisseur
) -> None:
    retour = revenir(client)
    refuse(Client().get(retour), "ProConnect n’a pas confirmé votre identité")
    assert client.get(retour).status_code == 302
    client.logout()
    refuse(client.get(retour), "ProConnect n’a pas confirmé votre identité")
    refuse(client.get(f"{PORTE}retour/?error=access_denied&state=x"), "n’a pas confirmé")


def test_un_fournisseur_en_panne_est_dit(client: Client, monde: Monde, chez: Fournisseur) -> None:
    chez.en_panne = True
    refuse(entrer(client), "ProConnect ne répond pas", 502)


def test_l_etablissement_doit_etre_de_la_meme_entreprise(
    client: Client, monde: Monde, chez: Fournisseur
) -> None:
    ecole = creer_organisation("organisme", "École d’exemple", identifiant="12345678900011")
    donner_role(personne("zoe"), ecole, "formateur")
    chez.dits = {"sub": "zoe", "email": "zoe@exemple.fr", "siret": "99999999900011"}
    refuse(entrer(client), "un établissement qui n’est pas celui de votre organisation")
    chez.dits["siret"] = "12345678900029"  # another place of the same company
    assert entrer(client).status_code == 302


@pytest.mark.parametrize(
    "dits",
    [
        {"email_verified": False},
        {"email_verified": "false"},
        {"email_verified": None},
        {"siret": ""},
        {"siret": "12345678"},
    ],
    ids=["non vérifiée", "non vérifiée en texte", "sans réponse", "sans SIRET", "SIRET abîmé"],
)
def test_une_identite_incertaine_ne_se_lie_pas_toute_seule(
    client: Client, monde: Monde, chez: Fournisseur, dits: dict[str, Any]
) -> None:
    chez.dits.update(dits)
    refuse(
        entrer(client),
        "liez-la depuis la sécurité de votre compte"
        if dits.get("siret") != "12345678"
        else "n’est pas celui",
    )
    assert not Identite.objects.exists()
    assert client.get("/espace/").status_code == 302
    # Tied before, it comes in whatever is said of the address.
    chez.dits["siret"] = CHEZ_ALICE
    Identite.objects.create(personne=monde.alice, emetteur=chez.emetteur, sub=chez.dits["sub"])
    assert entrer(Client()).headers["Location"] == "/espace/"


def test_sans_numero_connu_la_personne_lie_depuis_son_compte(
    client: Client, monde: Monde, chez: Fournisseur
) -> None:
    chez.dits = {"sub": "charlie", "email": "ailleurs@exemple.com", "siret": "99999999900011"}
    client.force_login(monde.charlie)
    assert "Lier mon identité ProConnect" in client.get("/compte/securite/").content.decode()
    assert client.post(f"{PORTE}lier/").headers["Location"] == PORTE
    assert entrer(client).headers["Location"] == "/compte/securite/"
    assert Identite.objects.get().personne == monde.charlie
    assert Entree.objects.filter(geste="identite.liee").count() == 1
    neuf = Client()
    assert entrer(neuf).headers["Location"] == "/espace/"
    assert neuf.session["_auth_user_id"] == str(monde.charlie.pk)
    # An identity that is somebody's is nobody else's; asking to tie is asked of a signed-in person.
    client.force_login(monde.bob)
    client.post(f"{PORTE}lier/")
    chez.dits["siret"] = CHEZ_ALICE
    refuse(entrer(client), "déjà tenu par une autre identité")
    assert Client().post(f"{PORTE}lier/").status_code == 302
    assert Identite.objects.count() == 1


def test_un_lien_ne_ferme_la_session_de_personne(
    client: Client, monde: Monde, chez: Fournisseur
) -> None:
    client.force_login(monde.alice)
    refuse(client.get(f"{PORTE}retour/?error=access_denied&state=x"), "n’a pas confirmé")
    assert client.get("/espace/").status_code == 200
    # Who gives up there has not tied anything: a later way back does not either.
    client.post(f"{PORTE}lier/")
    etat = parse_qs(urlsplit(revenir(client)).query)["state"][0]
    refuse(client.get(f"{PORTE}retour/?error=access_denied&state={etat}"), "n’a pas confirmé")
    assert A_LIER_ICI not in client.session
    assert client.get("/espace/").status_code == 200


def test_lier_demande_de_nouveau_qui_l_on_est_et_s_ecrit_a_la_personne(
    client: Client, monde: Monde, chez: Fournisseur
) -> None:
    """A session left open must not become a way in for good."""
    monde.alice.set_password(MOT_DE_PASSE)
    monde.alice.save()
    client.force_login(monde.alice)
    vers = client.post(f"{PORTE}lier/").headers["Location"]
    assert vers.startswith("/compte/confirmer/")
    assert A_LIER_ICI not in client.session
    assert client.post(vers, {"password": MOT_DE_PASSE}).status_code == 302
    assert client.post(f"{PORTE}lier/").headers["Location"] == PORTE
    assert entrer(client).headers["Location"] == "/compte/securite/"
    assert Message.objects.filter(destinataire=monde.alice.courriel, texte__contains="ProConnect")


def test_un_compte_ferme_ne_garde_pas_sa_session(
    client: Client, monde: Monde, chez: Fournisseur
) -> None:
    assert entrer(client).headers["Location"] == "/espace/"
    Personne.objects.filter(pk=monde.alice.pk).update(is_active=False)
    assert client.get("/espace/").headers["Location"].startswith("/compte/connexion/")


@pytest.mark.usefixtures("minute_arretee")
def test_partir_sans_cesse_n_emplit_pas_les_sessions(chez: Fournisseur) -> None:
    statuts = [Client().get(PORTE).status_code for _ in range(62)]
    assert statuts == [302] * 60 + [429] * 2
    assert Session.objects.count() == 60


def test_le_second_facteur_reste_demande(client: Client, monde: Monde, chez: Fournisseur) -> None:
    eva = personne("eva")
    donner_role(eva, monde.branche, "examinateur")
    poser_application(eva)
    chez.dits = {"sub": "eva", "email": "eva@exemple.fr", "siret": "32345678200028"}
    assert entrer(client).headers["Location"] == "/compte/securite/code/"
    assert client.get("/espace/").status_code == 302


def test_un_reglage_incomplet_se_dit_au_demarrage() -> None:
    assert proconnect({}) == {}
    with pytest.raises(ReglageRefuse, match="BINOME_PROCONNECT_CLIENT et BINOME_PROCONNECT_SECRET"):
        verifier({"BINOME_PROCONNECT_EMETTEUR": "https://exemple.fr/api/v2"})
    complet = {"BINOME_PROCONNECT_CLIENT": "a", "BINOME_PROCONNECT_SECRET": "b"}
    with pytest.raises(ReglageRefuse, match="https"):
        proconnect({"BINOME_PROCONNECT_EMETTEUR": "http://exemple.fr/api", **complet})
