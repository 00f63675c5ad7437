"""The doors: sign in, second factor, invitations, roles, and support's look."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from binome.comptes import services as services_de_comptes
from binome.comptes.acteur import Acteur
from binome.comptes.demandes_de_mot_de_passe import repondre
from binome.comptes.facteurs import poser_application
from binome.comptes.models import Appartenance, Invitation, Organisation, Personne
from binome.comptes.services import (
    creer_organisation,
    donner_role,
    inviter,
)
from binome.courrier.models import Message
from binome.dossiers import services
from binome.dossiers.models import Dossier
from binome.journal.models import Entree
from binome.journal.secrets import dechiffrer
from tests.comptes.application import code
from tests.dossiers.monde import Monde, brouillon, construire, depose, personne

if TYPE_CHECKING:
    from pytest_django import Settings

pytestmark = pytest.mark.django_db
MOT_DE_PASSE = "une phrase assez longue"
CONNEXION = "/compte/connexion/"
SECURITE = "/compte/securite/"


@pytest.fixture
def monde() -> Monde:
    return construire()


def ouvrir(qui: Personne) -> Personne:
    """Gives a made-up person a password."""
    qui.set_password(MOT_DE_PASSE)
    qui.save()
    return qui


def entrer(client: Client, qui: Personne, mot_de_passe: str = MOT_DE_PASSE) -> Any:
    return client.post(CONNEXION, {"login": qui.courriel, "password": mot_de_passe})


def jeton_de(message: Message) -> str:
    lu = re.search(r"/compte/invitation/([\w-]+)/", message.texte)
    assert lu
    return lu[1]


def test_on_entre_avec_son_mot_de_passe(client: Client, monde: Monde) -> None:
    ouvrir(monde.alice)
    page = client.get("/espace/dossiers/?etat=depose")
    assert page.headers["Location"].startswith(CONNEXION)
    assert "Se connecter" in client.get(page.headers["Location"]).content.decode()
    assert entrer(client, monde.alice).headers["Location"] == "/espace/"
    accueil = client.get("/espace/")
    assert accueil.status_code == 200
    assert "no-store" in accueil.headers["Cache-Control"]


def test_un_formulaire_envoye_apres_la_fin_de_la_session_le_dit_et_ramene_a_sa_page(
    client: Client, monde: Monde
) -> None:
    """The way back was the form's own address, which opens for nobody once signed in again."""
    ouvrir(monde.alice)
    page = "http://testserver/espace/dossiers/nouveau/?de=la"
    porte = client.post("/espace/donnees/export/", headers={"Referer": page}, follow=True)
    assert porte.redirect_chain == [
        ("/compte/connexion/?next=/espace/dossiers/nouveau/%3Fde%3Dla", 302)
    ]
    assert "Votre session est terminée" in porte.content.decode()
    for ailleurs in ("", "https://ailleurs.example/espace/", "http://testserver/compte/regard/"):
        porte = client.post("/espace/donnees/export/", headers={"Referer": ailleurs})
        assert porte.headers["Location"] == "/compte/connexion/?next=/espace/"


def test_un_refus_ne_dit_pas_si_le_compte_existe(client: Client, monde: Monde) -> None:
    ouvrir(monde.alice)
    refus = entrer(client, monde.alice, "faux mot de passe").content.decode()
    inconnu = client.post(CONNEXION, {"login": "nul@exemple.fr", "password": "x"}).content.decode()
    raison = "L’adresse ou le mot de passe ne correspond pas."
    assert raison in refus
    assert raison in inconnu


def test_trop_d_essais_sont_arretes(client: Client, monde: Monde) -> None:
    ouvrir(monde.alice)
    *_, dernier = [entrer(client, monde.alice, "faux mot de passe") for _ in range(12)]
    assert "Trop d’essais" in dernier.content.decode()
    assert "Une clé d’accès ouvre sans attendre" in dernier.content.decode()
    assert entrer(client, monde.alice).status_code != 302
    # Who guesses waits where they are; the owner comes in from anywhere else.
    client.defaults["REMOTE_ADDR"] = "192.0.2.7"
    assert entrer(client, monde.alice).status_code == 302


def test_la_branche_ne_va_pas_plus_loin_sans_second_facteur(client: Client, monde: Monde) -> None:
    eva = ouvrir(personne("eva"))
    donner_role(eva, monde.branche, "examinateur")
    entrer(client, eva)
    assert client.get("/espace/").headers["Location"] == SECURITE
    assert "Votre rôle demande un second facteur" in client.get(SECURITE).content.decode()
    # Changing what protects an account asks for the password again.
    confirmer = client.get(f"{SECURITE}application/").headers["Location"]
    assert "Confirmez que c’est vous" in client.get(confirmer).content.decode()
    client.post(confirmer, {"password": MOT_DE_PASSE})
    formulaire = client.get(f"{SECURITE}application/").content.decode()
    secret = re.search(r'id="secret"[^>]*value="([A-Z2-7]+)"', formulaire)
    assert secret
    faux = client.post(f"{SECURITE}application/", {"code": "000000"})
    assert "Ce code n’est pas le bon" in faux.content.decode()
    client.post(f"{SECURITE}application/", {"code": code(secret[1])})
    assert client.get("/espace/").status_code == 200
    assert client.get(f"{SECURITE}secours/").status_code == 200
    # The last factor cannot be taken away from who must have one.
    client.post(f"{SECURITE}application/retirer/", {})
    assert Authenticator.objects.filter(user=eva, type=Authenticator.Type.TOTP).exists()


def test_le_code_est_demande_puis_sert_une_fois(client: Client, monde: Monde) -> None:
    nina = ouvrir(personne("nina"))
    donner_role(nina, monde.branche, "examinateur")
    secret = poser_application(nina)
    assert entrer(client, nina).headers["Location"] == f"{SECURITE}code/"
    assert client.get("/espace/").status_code == 302
    page = client.get(f"{SECURITE}code/").content.decode()
    assert "Votre second facteur" in page
    assert "Appelez la personne qui gère votre organisation." in page
    bon = code(secret)
    assert client.post(f"{SECURITE}code/", {"code": bon}).headers["Location"] == "/espace/"
    assert client.get("/espace/").status_code == 200


def test_un_compte_s_ouvre_par_invitation_une_seule_fois(client: Client, monde: Monde) -> None:
    client.force_login(monde.alice)
    adresse = f"/compte/organisations/{monde.organisme.pk}/"
    envoi = client.post(adresse, {"courriel": "Zoe@Exemple.fr", "role": "formateur"})
    assert envoi.status_code == 302
    message = Message.objects.get(destinataire="zoe@exemple.fr")
    lien = f"/compte/invitation/{jeton_de(message)}/"
    client.logout()
    assert "Organisme A" in client.get(lien).content.decode()
    court = client.post(lien, {"prenom": "Zoé", "nom": "Exemple", "mot_de_passe": "court"})
    assert court.status_code == 422
    donnees = {"prenom": "Zoé", "nom": "Exemple", "mot_de_passe": MOT_DE_PASSE}
    assert client.post(lien, donnees).headers["Location"] == "/espace/"
    zoe = Personne.objects.get(courriel="zoe@exemple.fr")
    assert Acteur(zoe).a_role("formateur")
    assert client.get(lien).status_code == 410
    assert client.get("/espace/").status_code == 200


def test_une_invitation_ne_sert_qu_a_son_adresse(client: Client, monde: Monde) -> None:
    envoi = inviter(
        "zoe@exemple.fr", Acteur(monde.alice), organisation=monde.organisme, role="formateur"
    )
    client.force_login(monde.charlie)
    refus = client.post(f"/compte/invitation/{envoi.jeton}/")
    assert refus.status_code == 409
    assert not Acteur(monde.charlie).a_role("formateur")


def test_un_nom_tres_long_tient_dans_l_objet_de_la_lettre(monde: Monde) -> None:
    Organisation.objects.filter(pk=monde.organisme.pk).update(nom="a" * 200)
    monde.organisme.refresh_from_db()
    inviter("zoe@exemple.fr", Acteur(monde.alice), organisation=monde.organisme, role="formateur")
    assert len(Message.objects.get(destinataire="zoe@exemple.fr").sujet) == 200


@pytest.mark.parametrize("entre_temps", ["un compte", "une place prise"])
def test_une_invitation_prise_pendant_qu_on_la_lit_se_dit(
    client: Client, monde: Monde, entre_temps: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A double click: the second is told, and is no fault of ours."""
    organisme, alice = monde.organisme, Acteur(monde.alice)
    envoi = inviter("zoe@exemple.fr", alice, organisation=organisme, role="formateur")
    donnees = {"prenom": "Zoé", "nom": "Exemple", "mot_de_passe": MOT_DE_PASSE}
    if entre_temps == "une place prise":
        zoe = ouvrir(personne("zoe"))
        client.force_login(zoe)
    faire = services_de_comptes.invitation_de
    lues: list[object] = []

    def puis_une_autre(jeton: str) -> Any:
        lue = faire(jeton)
        if not lues and lue is not None:
            lues.append(lue)
            monkeypatch.undo()
            autre = Client()
            if entre_temps == "une place prise":
                autre.force_login(zoe)
            assert autre.post(f"/compte/invitation/{envoi.jeton}/", donnees).status_code == 302
        return lue

    monkeypatch.setattr(services_de_comptes, "invitation_de", puis_une_autre)
    reponse = client.post(f"/compte/invitation/{envoi.jeton}/", donnees)
    assert reponse.status_code == (410 if entre_temps == "une place prise" else 409)
    assert Personne.objects.filter(courriel="zoe@exemple.fr").count() == 1


def test_le_candidat_suit_le_dossier_depose_pour_lui(client: Client, monde: Monde) -> None:
    dossier = brouillon(monde)
    Dossier.objects.update(candidat=None)
    dossier.refresh_from_db()
    services.deposer(dossier, Acteur(monde.alice), version=dossier.version)
    message = Message.objects.get(destinataire="lea@exemple.fr")
    assert dossier.reference in message.texte
    client.force_login(monde.lea)
    assert client.post(f"/compte/invitation/{jeton_de(message)}/").status_code == 302
    dossier.refresh_from_db()
    assert dossier.candidat == monde.lea


def test_les_roles_se_donnent_et_se_retirent_sauf_le_dernier(client: Client, monde: Monde) -> None:
    client.force_login(monde.alice)
    adresse = f"/compte/organisations/{monde.organisme.pk}/"
    page = client.get(adresse).content.decode()
    assert "Bob Exemple" in page
    role = Appartenance.objects.get(personne=monde.bob)
    assert client.post(f"{adresse}roles/{role.pk}/retirer/").status_code == 302
    assert not Acteur(monde.bob).appartenances
    sien = Appartenance.objects.get(personne=monde.alice)
    refus = client.post(f"{adresse}roles/{sien.pk}/retirer/")
    assert refus.status_code == 409
    assert "la dernière personne qui administre" in refus.content.decode()
    # Another organisation's page, and its roles, do not exist for her.
    autre = Appartenance.objects.get(personne=monde.charlie)
    assert client.get(f"/compte/organisations/{monde.autre.pk}/").status_code == 404
    assert client.post(f"{adresse}roles/{autre.pk}/retirer/").status_code == 404


def test_une_invitation_retiree_ne_s_accepte_plus(client: Client, monde: Monde) -> None:
    envoi = inviter(
        "zoe@exemple.fr", Acteur(monde.alice), organisation=monde.organisme, role="formateur"
    )
    client.force_login(monde.alice)
    adresse = f"/compte/organisations/{monde.organisme.pk}/"
    assert client.post(f"{adresse}invitations/{envoi.invitation.pk}/retirer/").status_code == 302
    assert client.get(f"/compte/invitation/{envoi.jeton}/").status_code == 410
    assert Invitation.objects.get().retiree_le is not None


def test_l_aide_regarde_sans_rien_changer_et_le_journal_le_garde(
    client: Client, monde: Monde
) -> None:
    aide = creer_organisation("soutien", "Aide d’exemple", exemple=True)
    sam = personne("sam")
    donner_role(sam, aide, "soutien")
    poser_application(sam)
    dossier = depose(monde)
    client.force_login(sam)
    regard = "/compte/regard/"
    assert "Aider une personne" in client.get("/espace/").content.decode()
    assert client.post(regard, {"courriel": monde.alice.courriel, "motif": " "}).status_code == 422
    motif = "Elle ne retrouve pas un dossier."
    assert (
        client.post(regard, {"courriel": monde.alice.courriel, "motif": motif}).status_code == 302
    )
    page = client.get("/espace/").content.decode()
    assert "Vous regardez à la place d’Alice Exemple" in page
    assert client.get(f"/espace/dossiers/{dossier.reference}/").status_code == 200
    geste = f"/espace/dossiers/{dossier.reference}/gestes/retirer/"
    assert client.post(geste, {"version": dossier.version}).status_code == 403
    assert client.post("/espace/dossiers/nouveau/", {"prenom": "X", "nom": "Y"}).status_code == 403
    fin = client.post(f"{regard}fin/", follow=True)
    assert "Vous ne regardez plus à la place de personne." in fin.content.decode()
    assert client.get(f"/espace/dossiers/{dossier.reference}/").status_code == 404
    gestes = Entree.objects.filter(geste__startswith="regard.").order_by("rang")
    assert [(un.geste, un.motif) for un in gestes] == [("regard.ouvert", ""), ("regard.clos", "")]
    ouverture = gestes[0]
    assert dechiffrer(ouverture.sujet, ouverture.prive) == {"motif": motif}
    client.force_login(monde.alice)
    assert client.post(regard, {"courriel": sam.courriel, "motif": "x"}).status_code == 404


def test_un_mot_de_passe_oublie_se_remplace(client: Client, monde: Monde) -> None:
    ouvrir(monde.alice)
    client.post("/compte/mot-de-passe/oublie/", {"email": monde.alice.courriel})
    client.post("/compte/mot-de-passe/oublie/", {"email": "nul@exemple.fr"})
    assert repondre() == 2
    assert repondre() == 0
    lettre = Message.objects.get(destinataire=monde.alice.courriel)
    assert Message.objects.count() == 1
    lien = re.search(r"/compte/mot-de-passe/nouveau/\S+", lettre.texte)
    assert lien
    suite = client.get(lien[0], follow=True)
    neuf = {"password1": "une autre phrase longue", "password2": "une autre phrase longue"}
    client.post(suite.request["PATH_INFO"], neuf)
    assert entrer(client, monde.alice, "une autre phrase longue").status_code == 302


def test_un_lien_de_lettre_est_sur_l_adresse_du_site_jamais_sur_celle_de_la_demande(
    client: Client, monde: Monde, settings: Settings
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    settings.ADRESSE = "https://binome.exemple.fr"
    client.post(
        "/compte/mot-de-passe/oublie/", {"email": monde.alice.courriel},
        HTTP_HOST="pirate.exemple.com:8443",
    )  # fmt: skip
    repondre()
    texte = Message.objects.get().texte
    assert "https://binome.exemple.fr/compte/mot-de-passe/nouveau/" in texte
    assert "pirate" not in texte


def test_une_adresse_connue_ne_demande_pas_plus_de_travail_qu_une_autre(
    client: Client, monde: Monde
) -> None:
    def requetes(courriel: str) -> list[str]:
        with CaptureQueriesContext(connection) as vues:
            client.post("/compte/mot-de-passe/oublie/", {"email": courriel})
        return [re.sub(r"'[^']*'|\d+", "?", une["sql"]) for une in vues.captured_queries]

    requetes("premiere@exemple.fr")  # what counts the network address is there from now on
    assert requetes(monde.alice.courriel) == requetes("inconnue@exemple.fr")


def test_une_page_a_garder_ne_porte_pas_l_hote_de_la_demande(
    client: Client, db: None, settings: Settings
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    settings.ADRESSE = "https://binome.exemple.fr"
    page = client.get(
        "/simulateur/candidat/resultat/",
        {"date_entree": "2026-01-15", "diplomes": "secretaire_medical", "niveau_diplome": "4"},
        HTTP_HOST="pirate.exemple.com",
    )
    texte = page.content.decode()
    assert "https://binome.exemple.fr/simulateur/candidat/resultat/" in texte
    assert "pirate" not in texte


def test_un_mot_de_passe_change_est_dit_et_ferme_les_autres_sessions(
    client: Client, monde: Monde
) -> None:
    ouvrir(monde.alice)
    ailleurs = type(client)()
    for session in (client, ailleurs):
        session.force_login(monde.alice)
    nouveau = "sept girafes mangent du pain bleu"
    champs = {"oldpassword": MOT_DE_PASSE, "password1": "123456789012", "password2": "123456789012"}
    # A weak one is refused in words, however often: who looks for a good one is no attacker.
    for _ in range(8):
        assert client.post("/compte/mot-de-passe/", champs).status_code == 200
    page = client.post(
        "/compte/mot-de-passe/", champs | {"password1": nouveau, "password2": nouveau}, follow=True
    )
    assert "Votre mot de passe est changé" in page.content.decode()
    assert ailleurs.get("/espace/").status_code == 302
    assert client.get("/espace/").status_code == 200
    lettre = Message.objects.latest("pk")
    assert "/compte/mot-de-passe/oublie/" in lettre.texte
