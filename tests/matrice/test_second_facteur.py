"""Every address before the second factor, for who must have one: closed, but for a short list.

What is here stands beside the table, which tells of who has proven theirs: the list is short, and an address
that nobody thought of is closed.
"""

from __future__ import annotations

from functools import partial
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.http import HttpResponse

from binome.comptes.exploitation import facteurs_perdus
from binome.comptes.facteurs import poser_application
from binome.comptes.models import Invitation, Organisation, Regard
from binome.comptes.services import creer_organisation, donner_role
from binome.journal.models import Tete
from tests.dossiers.monde import personne
from tests.echantillons import un_sur
from tests.matrice.objets import entrer, preparer
from tests.matrice.table import MEMBRES, exigees, lire
from tests.matrice.test_matrice import demander

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.test import Client, RequestFactory

    from binome.comptes.models import Personne
    from tests.dossiers.monde import Monde

SECURITE = "/compte/securite/"
SANS_FACTEUR = {
    "compte/confirmer/",
    "compte/deconnexion/",
    "compte/securite/",
    "compte/securite/application/",
    "compte/securite/cles/ajouter/",
}
"""Open to who has none yet: setting one up, saying the password again, leaving."""
SANS_PREUVE = {
    "compte/deconnexion/",
    "compte/securite/confirmer/",
    "compte/securite/cles/confirmer/",
}
"""Open to who has one and did not prove it in this session: proving it, leaving."""
_, LIGNES = lire()
ANONYME = {(une.methode, une.adresse): une.attendus["anonyme"] for une in LIGNES}


def essayer(
    client: Client, objets: Any, ouvertes: set[str], vers: str, *, publiques: bool
) -> list[str]:
    """Each address of members sends to that page, the public ones answer as to anybody."""
    ecarts = []
    temoin = dict(client.cookies)
    for methode, adresse in sorted(exigees()):
        client.cookies.update(temoin)
        chemin = objets.chemin(adresse)
        if adresse in ouvertes:
            continue
        if adresse.startswith(MEMBRES):
            reponse = client.generic(methode, chemin)
            ou = reponse.headers.get("Location", "")
            if reponse.status_code != 302 or ou.split("?")[0] != vers:
                ecarts.append(f"{methode} {adresse} : {reponse.status_code} {ou}")
        elif publiques and methode == "GET" and "<" not in adresse:
            statut = demander(client, methode, chemin)
            if statut != ANONYME[methode, adresse]:
                ecarts.append(f"{methode} {adresse} : {statut}")
    return ecarts


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("role", "a_un_facteur"),
    un_sur(3, product(("administrateur", "examinateur", "soutien"), (False, True)), 2),
)
def test_tout_est_ferme_avant_le_second_facteur(
    monde: Monde, role: str, a_un_facteur: bool
) -> None:
    objets = preparer(monde)
    qui = objets.qui[role]
    assert qui is not None
    Authenticator.objects.filter(user=qui).delete()
    client = entrer(qui)
    if a_un_facteur:  # set up elsewhere, since: this session was opened by a password alone
        poser_application(qui)
    avant = (Tete.objects.get().rang, Invitation.objects.count(), Regard.objects.count())
    ouvertes = SANS_PREUVE if a_un_facteur else SANS_FACTEUR
    vers = f"{SECURITE}confirmer/" if a_un_facteur else SECURITE
    publiques = role == "soutien" and not a_un_facteur
    ecarts = essayer(client, objets, ouvertes, vers, publiques=publiques)
    assert not ecarts, "\n".join(ecarts)
    assert avant == (Tete.objects.get().rang, Invitation.objects.count(), Regard.objects.count())
    for adresse in ouvertes - {"compte/deconnexion/", "compte/securite/cles/confirmer/"}:
        ou = client.get(f"/{adresse}").headers.get("Location", "")
        assert not ou.startswith(vers + "?"), adresse


@pytest.fixture
def sans(monde: Monde) -> Personne:
    """Ana, who administers the branch, without her second factor."""
    Authenticator.objects.filter(user=monde.ana).delete()
    return monde.ana


def test_qui_n_a_pas_de_facteur_n_invite_ni_ne_regarde(monde: Monde, sans: Personne) -> None:
    client = entrer(sans)
    invite = client.post(
        f"/compte/organisations/{monde.branche.pk}/",
        {"courriel": "intrus@exemple.fr", "role": "administrateur"},
    )
    assert invite.headers["Location"] == SECURITE
    assert not Invitation.objects.exists()
    donner_role(sans, creer_organisation("soutien", "Aide d’exemple", exemple=True), "soutien")
    client.post("/compte/regard/", {"courriel": monde.alice.courriel, "motif": "Voir."})
    assert not Regard.objects.exists()


def test_un_role_qui_oblige_se_sent_des_la_demande_suivante(monde: Monde) -> None:
    client = entrer(monde.alice)
    assert client.get("/espace/").status_code == 200
    donner_role(monde.alice, monde.branche, "examinateur")
    assert client.get("/espace/").headers["Location"] == SECURITE
    assert client.get("/compte/organisations/").headers["Location"] == SECURITE


def test_une_session_d_avant_le_facteur_ou_d_apres_sa_perte_ne_prouve_rien(monde: Monde) -> None:
    ancienne = entrer(monde.emma)
    assert ancienne.get("/espace/").status_code == 200
    Authenticator.objects.filter(user=monde.emma).delete()
    assert ancienne.get("/espace/").headers["Location"] == SECURITE
    poser_application(monde.emma)
    assert ancienne.get("/espace/").headers["Location"].startswith(f"{SECURITE}confirmer/?next=")
    # Adding a factor of one's own by the password alone is closed as well.
    assert (
        ancienne.get(f"{SECURITE}cles/ajouter/")
        .headers["Location"]
        .startswith(f"{SECURITE}confirmer/")
    )
    nouvelle = entrer(monde.emma)
    assert nouvelle.get("/espace/").status_code == 200
    facteurs_perdus(monde.emma.courriel, "Reconnue de vive voix.")
    assert "/compte/connexion/" in nouvelle.get("/espace/").headers["Location"]


def test_une_cle_seule_se_prouve_par_la_page_des_cles(monde: Monde, sans: Personne) -> None:
    client = entrer(sans)
    Authenticator.objects.create(user=sans, type=Authenticator.Type.WEBAUTHN, data={"name": "Clé"})
    assert client.get("/espace/").headers["Location"].startswith(f"{SECURITE}cles/confirmer/")


def test_hors_des_pages_de_membres_une_session_sans_preuve_n_est_personne(
    monde: Monde, sans: Personne, rf: RequestFactory
) -> None:
    from binome.comptes.demande import ActeurMiddleware  # noqa: PLC0415 - beside what it shows

    cle = entrer(sans).cookies["sessionid"].value
    for adresse, connue in (("/api/nouvelle/", False), ("/compte/securite/", True)):
        vus: list[bool] = []
        demande = rf.get(adresse)
        demande.session = _session(cle)
        ActeurMiddleware(partial(_noter, vus))(demande)
        assert vus == [connue], adresse


def _noter(vus: list[bool], requete: HttpRequest) -> HttpResponse:
    vus.append(requete.user.is_authenticated)
    return HttpResponse()


def _session(cle: str) -> Any:
    assert Session.objects.filter(session_key=cle).exists()
    from django.contrib.sessions.backends.db import SessionStore  # noqa: PLC0415

    return SessionStore(cle)


def test_une_organisation_perdue_ferme_les_sessions(monde: Monde) -> None:
    alice, bob = entrer(monde.alice), entrer(monde.bob)
    assert bob.get("/espace/").status_code == 200
    role = monde.bob.appartenances.get()
    retirer = f"/compte/organisations/{monde.organisme.pk}/roles/{role.pk}/retirer/"
    assert alice.post(retirer).status_code == 302
    assert "/compte/connexion/" in bob.get("/espace/").headers["Location"]
    assert alice.get("/espace/").status_code == 200


def test_l_aide_qui_perd_son_role_cesse_de_regarder(monde: Monde) -> None:
    equipe: Organisation = creer_organisation("soutien", "Aide d’exemple", exemple=True)
    sam, chef = personne("sam"), personne("chef")
    role = donner_role(sam, equipe, "soutien")
    donner_role(chef, equipe, "soutien")
    for une in (sam, chef):
        poser_application(une)
    client = entrer(sam)
    client.post("/compte/regard/", {"courriel": monde.alice.courriel, "motif": "Question."})
    assert "Vous regardez" in client.get("/espace/").content.decode()
    # Even a role that is closed without its gesture stops the look at the next request.
    type(role).objects.filter(pk=role.pk).update(close_le=role.ouverte_le)
    assert "Vous regardez" not in client.get("/espace/").content.decode()
    type(role).objects.filter(pk=role.pk).update(close_le=None)
    entrer(chef).post(f"/compte/organisations/{equipe.pk}/roles/{role.pk}/retirer/")
    assert Regard.objects.get().clos_le is not None
    assert "/compte/connexion/" in client.get("/espace/").headers["Location"]


def test_un_bouton_ferme_les_autres_sessions(monde: Monde) -> None:
    ici, ailleurs = entrer(monde.emma), entrer(monde.emma)
    assert "Fermer mes autres sessions" in ici.get(SECURITE).content.decode()
    avant = ici.cookies["sessionid"].value
    assert ici.post(f"{SECURITE}sessions/fermer/").status_code == 302
    assert ici.cookies["sessionid"].value != avant
    assert ici.get("/espace/").status_code == 200
    assert "/compte/connexion/" in ailleurs.get("/espace/").headers["Location"]
