"""Whatever text a request holds, an answer in words comes out: no 500, nothing invisible kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from binome.dossiers.models import Decision, Dossier, Piece
from binome.visible import visible
from tests.dossiers import monde as gens
from tests.matrice.objets import entrer, preparer
from tests.matrice.table import lire

if TYPE_CHECKING:
    from pytest_django import Settings

    from tests.dossiers.monde import Monde

_, LIGNES = lire()
TOURNE = "Zoé\u202egnp.tra\u200b"
NOMS = (
    "prenom", "nom", "courriel", "motif", "reponse", "organisme", "fichier", "version", "role", "email",
    "login", "password", "password1", "code", "credential", "mot_de_passe", "texte", "dossier", "q",
    "naissance", "telephone", "employeur", "employeur_identifiant", "session", "organisation", "alerte",
    "position", "base", "etat", "sorte", "nature", "name",
)  # fmt: skip
VALEURS = {
    "NUL": "Z\x00oé",
    "bidi": TOURNE,
    "très long": "9" * 70_000,
    "clé en désordre": '{"response": {"userHandle": 3}, "id": [], "rawId": "é", "type": null}',
}


SANS_LECTURE = {
    "compte/adresse/<str:jeton>/",
    "compte/invitation/<str:jeton>/",
    "compte/ouverture/",
    "espace/donnees/export/",
    "signer/creneau/<uuid:uid>/",
}
"""What reads nothing of its form, but for the guard against forged requests, which these tests leave out."""


def poster(client: Client, chemin: str, donnees: dict[str, Any]) -> int:
    """The status; what it would have written is undone."""
    with transaction.atomic():
        reponse = client.post(chemin, donnees)
        if reponse.streaming:
            b"".join(reponse)
        transaction.set_rollback(True)
    return reponse.status_code


@pytest.mark.parametrize(
    "un_sur", [4, pytest.param(1, marks=pytest.mark.long(2))], ids=["en partie", "tous"]
)
@pytest.mark.parametrize("sorte", VALEURS)
def test_aucun_formulaire_ne_tombe_sur_ce_qu_on_y_ecrit(
    monde: Monde, sorte: str, un_sur: int
) -> None:
    objets = preparer(monde)
    donnees = dict.fromkeys(NOMS, VALEURS[sorte])
    fautes = []
    rang = list(VALEURS).index(sorte)
    for debut, role in enumerate(("anonyme", "gestionnaire", "administrateur", "soutien")):
        client = entrer(objets.qui[role])
        temoin = dict(client.cookies)
        for ligne in LIGNES[(debut + rang) % un_sur :: un_sur]:
            if ligne.methode != "POST" or ligne.adresse.startswith("api/"):
                continue
            if ligne.attendus[role] in {302, 404, 405} and role != "anonyme":
                continue  # nothing is read there
            client.cookies.update(temoin)
            statut = poster(client, objets.chemin(ligne.adresse), donnees)
            if statut >= 500:
                fautes.append(f"{ligne} pour {role} : {statut}")
            elif (
                sorte == "NUL"
                and statut not in {302, 400, 403, 404, 405}
                and ligne.adresse not in SANS_LECTURE
            ):
                fautes.append(f"{ligne} pour {role} : {statut}, et non 400")
    assert not fautes, "\n".join(fautes)


def test_une_adresse_un_cookie_ou_un_hote_illisibles_se_disent(monde: Monde) -> None:
    client = Client(raise_request_exception=False)
    for demande in (
        {"path": "/regles/%00/"},
        {"path": "/espace/dossiers/%00/"},
        {"path": "/espace/dossiers/", "QUERY_STRING": "q=%00"},
        {"path": "/", "HTTP_HOST": "ailleurs.exemple.com"},
        {"path": "/espace/", "HTTP_HOST": "a b\u00e9"},
        {"path": "/espace/", "HTTP_COOKIE": r'sessionid="abcdefgh\000ij"'},
    ):
        reponse = client.get(**demande)  # type: ignore[arg-type] # headers and the path in one table
        assert reponse.status_code == 400, demande
        dit = (
            "Ce nom n’est pas celui du site"
            if "HTTP_HOST" in demande
            else "Cette demande n’est pas lisible"
        )
        assert dit in reponse.content.decode(), demande
        assert "ailleurs" not in reponse.content.decode()
    for chemin in ("/%ff%fe/", "/organismes/?q=%ff%ed%a0%80", "/simulateur/%ed%a0%80/"):
        assert client.get(chemin).status_code < 500, chemin
    for corps in (b'{"statut": "\\ud800"}', b'{"\\u0000": 1}', b'{"statut": "\\u0000"}'):
        reponse = client.post("/api/v1/positionner", corps, content_type="application/json")
        assert reponse.status_code < 500, corps


def test_un_hote_inconnu_est_dit_aussi_derriere_le_renvoi_vers_https(settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    reponse = Client(raise_request_exception=False).get("/", HTTP_HOST="ailleurs.exemple.com")
    assert reponse.status_code == 400


@pytest.mark.parametrize(
    "reponse",
    ["[]", "{}", "null", "3", '"a"', '{"id": 1}', "[" * 15_000, "9" * 30_000,
     '{"id":"AA","rawId":"AA","type":"public-key","response":{"userHandle":"AA","clientDataJSON":"AA",'
     '"authenticatorData":"AA","signature":"AA"}}',
     '{"response":{"userHandle":["AA"]}}', '{"response":[]}', '{"response":{"userHandle":"/w=="}}'],
)  # fmt: skip
def test_la_reponse_d_une_cle_mal_faite_est_refusee_en_mots(db: None, reponse: str) -> None:
    client = Client(raise_request_exception=False)
    refus = client.post("/compte/securite/cles/connexion/", {"credential": reponse}, follow=True)
    assert refus.status_code == 200
    assert refus.redirect_chain


def test_ce_qui_tourne_ou_se_cache_n_entre_pas(monde: Monde) -> None:
    client = entrer(monde.alice)
    donnees = {"prenom": TOURNE, "nom": "Ne\u2066uve\ufeff", "naissance": "03/05/1984"}
    assert client.post("/espace/dossiers/nouveau/", donnees).status_code == 302
    dossier = Dossier.objects.get(nom="Neuve")
    assert dossier.prenom == "Zoégnp.tra"
    prouve = gens.depose(monde)
    fichier = SimpleUploadedFile("rele\u202efdp.png", PNG, "image/png")
    client.post(
        f"/espace/dossiers/{prouve.reference}/pieces/",
        {"nature": "diplomes", "fichier": fichier, "version": prouve.version},
    )
    assert all("\u202e" not in piece.nom for piece in Piece.objects.all())
    # A secret is nobody's to change.
    monde.alice.set_password(mot := f"une phrase\u200bassez longue {TOURNE}")
    monde.alice.save()
    entree = Client().post("/compte/connexion/", {"login": monde.alice.courriel, "password": mot})
    assert entree.status_code == 302


PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xa75\x81\x84\x00\x00\x00\x00IEND\xaeB`\x82"
)


def test_une_lettre_scellee_ne_recoit_ni_ligne_forgee_ni_retour_de_chariot(monde: Monde) -> None:
    """Names are printed line by line, and a carriage return has no shape: it would be printed as « ? »."""
    client = entrer(monde.alice)
    nom = "Exemple\r\nDécision : accordée"
    client.post(
        "/espace/dossiers/nouveau/", {"prenom": "Zoé", "nom": nom, "naissance": "1984-05-03"}
    )
    assert Dossier.objects.get().nom == "Exemple Décision : accordée"
    dossier = gens.propose(monde)
    donnees = {
        "version": dossier.version,
        "nature": "accorde_avec_reserve",
        "reserve": "Une\r\ndeux\rtrois",
        "ecart": "Vu.",
    }
    adresse = f"/espace/dossiers/{dossier.reference}/gestes/decider/"
    assert entrer(monde.emma).post(adresse, donnees).status_code == 302
    assert Decision.objects.get().reserve == "Une\ndeux\ntrois"


def test_un_texte_visible_reste_ce_qu_il_est() -> None:
    for texte in ("Maëlys d’Île‑de‑France\n12\u202f600\u00a0€", "👩\u200d⚕️", "שלום", "ﬁn\tde"):
        assert visible(texte) == texte
    assert visible("a\u202eb\x07\ud800c\U000e0041") == "abc"
