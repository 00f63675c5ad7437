"""The pages of sessions by role, and what they cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.test.utils import CaptureQueriesContext

from binome.comptes.acteur import Acteur
from binome.comptes.services import donner_role
from binome.gestes.services import faire
from binome.sessions.convention import hors_convention
from binome.sessions.etats import EtatDeSession
from binome.sessions.flows import CRENEAUX
from binome.sessions.models import Creneau, Session
from tests.presences.vie import un_creneau, une_session
from tests.reseau.vie import un_formateur
from tests.sessions.vie import inscrire, preparee, publier, un_parcours

if TYPE_CHECKING:
    from django.test import Client

    from tests.dossiers.monde import Monde


def _lisible(page: bytes) -> str:
    return " ".join(page.decode().replace("\xa0", " ").replace("\u202f", " ").split())


def test_la_page_d_ajout_propose_les_modules_de_la_session(monde: Monde, client: Client) -> None:
    session = preparee(monde)
    client.force_login(monde.alice)
    adresse = f"/espace/sessions/{session.pk}/creneau/"
    page = _lisible(client.get(adresse).content)
    assert "B2M2 · Participation à la mise en place de la télémédecine" in page
    assert "B3M1" not in page
    page = _lisible(client.post(adresse, {"module": "B1M1", "jour": "2027-01-14"}).content)
    assert "Donnez l’heure où il commence" in page


def test_chacun_lit_ce_qui_le_regarde(monde: Monde, client: Client) -> None:
    session = preparee(monde)
    parcours = un_parcours(monde)
    inscrire(monde, session, parcours, 2)
    adresse = f"/espace/sessions/{session.pk}/"
    for qui in (monde.lea, monde.emma, monde.charlie):
        client.force_login(qui)
        assert client.get(adresse).status_code == 404
    publier(session, monde)
    client.force_login(monde.alice)
    dit = _lisible(client.get(adresse).content)
    assert "1</strong> personne inscrite pour 2 places" in dit
    assert "Léa Exemple" in dit
    assert "Pourquoi ce calendrier" in dit
    client.force_login(monde.lea)
    dit = _lisible(client.get(adresse).content)
    assert "Vos créneaux" in dit
    assert "Le prochain créneau" in dit
    assert "Les personnes inscrites" not in dit
    assert "B1M1 · Information des patients sur les examens et les soins <span" not in dit
    client.force_login(monde.emma)
    dit = _lisible(client.get(adresse).content)
    assert "Léa Exemple" not in dit
    assert "Les créneaux" in dit
    client.force_login(monde.charlie)
    assert client.get(adresse).status_code == 404
    assert _lisible(client.get("/espace/sessions/").content).count("Aucune session ici") == 1


def test_le_lien_d_une_classe_virtuelle_est_pour_qui_y_entre(monde: Monde, client: Client) -> None:
    """The branch reads the session and enters none of its classes, unless somebody of it teaches there too."""
    session, parcours = preparee(monde), un_parcours(monde)
    inscrire(monde, session, parcours, 1, 2)
    session.creneaux.update(lien="https://visio.exemple.fr/1", modalite="virtuelle")
    publier(session, monde)
    page, fichier = (f"/espace/sessions/{session.pk}/{fin}" for fin in ("", "calendrier.ics"))
    for qui in (monde.alice, monde.bob, monde.lea):
        client.force_login(qui)
        dite = client.get(page).content.decode()
        assert dite.count("visio.exemple.fr") > 1  # the next slot, and its line
        assert "Ouvrir la classe virtuelle" in dite
        assert "visio.exemple.fr" in client.get(fichier).content.decode()
    client.force_login(monde.emma)
    dite = client.get(page).content.decode()
    assert "Classe virtuelle" in dite
    assert "Le prochain créneau" in dite
    assert "visio.exemple.fr" not in dite
    assert "visio.exemple.fr" not in client.get(fichier).content.decode()
    donner_role(monde.emma, monde.organisme, "gestionnaire")
    assert "visio.exemple.fr" in client.get(page).content.decode()
    assert "visio.exemple.fr" in client.get(fichier).content.decode()


def test_un_creneau_dont_la_signature_est_ouverte_dit_comment_le_changer(
    monde: Monde, client: Client
) -> None:
    session, alice = preparee(monde), Acteur(monde.alice)
    publier(session, monde)
    creneau = Creneau.objects.filter(session=session).earliest("debut")
    client.force_login(monde.alice)
    adresse = f"/espace/sessions/creneaux/{creneau.uid}/"
    phrase = "Fermez d’abord la signature pour le déplacer, ou pour changer qui enseigne."
    dit = _lisible(client.get(adresse).content)
    assert "Le déplacer" in dit
    assert phrase not in dit
    ouvert = faire(CRENEAUX, "ouvrir", creneau, alice, version=creneau.version).objet
    dit = _lisible(client.get(adresse).content)
    assert "Le déplacer" not in dit
    assert phrase in dit
    chemin = f"/espace/creneaux/{creneau.uid}/presences/"
    assert f'href="{chemin}"' in dit
    assert "Fermer la signature" in _lisible(client.get(chemin).content)
    client.post(f"{chemin}fermer/", {"version": ouvert.version})
    dit = _lisible(client.get(adresse).content)
    assert "Le déplacer" in dit
    assert phrase not in dit


def test_la_liste_dit_places_et_manques_sans_une_requete_par_session(
    monde: Monde, client: Client
) -> None:
    client.force_login(monde.alice)
    comptes = []
    for nombre in (1, 4):
        for _ in range(nombre):
            session = une_session(monde, preparee(monde).site)
            un_creneau(monde, session)
        with CaptureQueriesContext(connection) as requetes:
            assert client.get("/espace/sessions/").status_code == 200
        comptes.append(len(requetes))
    assert comptes[0] == comptes[1]
    dit = _lisible(client.get("/espace/sessions/").content)
    assert "0 sur 12" in dit
    assert "1 créneau sans personne pour enseigner" in dit


def test_la_page_d_une_session_ne_coute_pas_une_requete_par_creneau_ni_par_personne(
    monde: Monde, client: Client
) -> None:
    session = preparee(monde)
    client.force_login(monde.alice)
    comptes = []
    for nombre in (1, 3):
        for _ in range(nombre):
            inscrire(monde, session, un_parcours(monde), 1, 2)
        with CaptureQueriesContext(connection) as requetes:
            assert client.get(f"/espace/sessions/{session.pk}/").status_code == 200
        comptes.append(len(requetes))
    assert comptes[0] == comptes[1]
    assert comptes[0] <= 25


def test_annuler_la_session_se_deplie_et_dit_ce_que_cela_fait(monde: Monde, client: Client) -> None:
    session = preparee(monde)
    publier(session, monde)
    client.force_login(monde.alice)
    dit = _lisible(client.get(f"/espace/sessions/{session.pk}/").content)
    avant, _, plie = dit.partition("<summary>Annuler la session</summary>")
    assert "Terminer la session" in avant
    assert "/annuler/" not in avant
    plie, _, apres = plie.partition("</details>")
    assert "Ce geste ne se défait pas" in plie
    assert f"/espace/sessions/{session.pk}/gestes/annuler/" in plie
    assert "Terminer la session" not in plie + apres


def test_la_liste_dit_ce_que_la_page_dit_sans_une_requete_par_session(
    monde: Monde, client: Client
) -> None:
    session = une_session(monde)
    fiche = un_formateur(monde)
    un = un_creneau(monde, session)
    Creneau.objects.filter(pk=un.pk).update(fiche=fiche)
    client.force_login(monde.alice)
    client.get("/espace/sessions/")
    with CaptureQueriesContext(
        connection,
    ) as avant:
        dit = _lisible(client.get("/espace/sessions/").content)
    assert "1 créneau à qui n’a pas encore de compte." in dit
    (phrase,) = hors_convention(session)
    assert phrase in dit
    assert phrase in _lisible(client.get(f"/espace/sessions/{session.pk}/").content)
    assert ">Rien<" not in dit
    for _ in range(2):
        un_creneau(monde, une_session(monde, session.site))
    with CaptureQueriesContext(connection) as apres:
        dit = _lisible(client.get("/espace/sessions/").content)
    assert dit.count("1 créneau sans personne pour enseigner.") == 2
    assert len(apres) == len(avant)


def test_une_session_annulee_n_a_ni_place_ni_rien_qui_manque(monde: Monde, client: Client) -> None:
    session = une_session(monde)
    un_creneau(monde, session)
    client.force_login(monde.alice)
    assert "places libres" in _lisible(client.get(f"/espace/sessions/{session.pk}/").content)
    Session.objects.filter(pk=session.pk).update(etat=EtatDeSession.ANNULEE)
    for vers in ("/espace/sessions/", f"/espace/sessions/{session.pk}/"):
        dit = _lisible(client.get(vers).content)
        for mot in ("libres", "sans personne", "Rien<", "convention"):
            assert mot not in dit
