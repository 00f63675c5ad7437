"""Slots by hand: what is refused says what is wrong and where, what is unusual is asked again, conflicts are named."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.gestes.recit import recit
from binome.gestes.refus import Depasse, GesteImpossible
from binome.gestes.services import faire
from binome.journal.chaine import verifier
from binome.journal.reconciliation import differences
from binome.sessions.conflits import conflits, en_phrases
from binome.sessions.etats import EtatDeSession
from binome.sessions.flows import CRENEAUX, SESSIONS
from binome.sessions.models import Creneau, Session
from binome.sessions.preparation import ajouter
from binome.sessions.quand import dire_quand
from tests.sessions.vie import annuler, inscrire, preparee, publier, un_parcours

if TYPE_CHECKING:
    from django.test import Client

    from tests.dossiers.monde import Monde

LE_14: dict[str, Any] = {"jour": "2027-01-14", "de": "9 h", "a": "12 h 30"}


def _lisible(page: bytes) -> str:
    return " ".join(page.decode().replace("\xa0", " ").replace("\u202f", " ").split())


def _premier(session: Session) -> Creneau:
    return (
        Creneau.objects.select_related("session__site", "session__organisme")
        .filter(session=session)
        .earliest("debut")
    )


def _geste(monde: Monde, creneau: Creneau, nom: str, **donnees: Any) -> Creneau:
    faire(CRENEAUX, nom, creneau, Acteur(monde.alice), version=creneau.version, donnees=donnees)
    return Creneau.objects.select_related("session__site", "session__organisme").get(pk=creneau.pk)


def _contresigne(monde: Monde, creneau: Creneau) -> Creneau:
    """A slot that took place this morning, and that Bob counter-signed: nobody was expected."""
    creneau.fin = timezone.now()
    creneau.debut = creneau.fin - timedelta(minutes=creneau.minutes)
    creneau.save(update_fields=["debut", "fin"])
    Session.objects.filter(pk=creneau.session_id).update(etat=EtatDeSession.PUBLIEE)
    creneau.session.refresh_from_db()
    faire(CRENEAUX, "geler", creneau, Acteur(monde.bob), version=1)
    return creneau


def test_un_creneau_se_deplace_et_garde_son_identifiant(monde: Monde) -> None:
    creneau = _premier(preparee(monde))
    assert dire_quand(creneau) == "mardi 12 janvier 2027, de 9 h à 12 h 30"
    deplace = _geste(monde, creneau, "deplacer", **{**LE_14, "a": "11 h"})
    assert dire_quand(deplace) == "jeudi 14 janvier 2027, de 9 h à 11 h"
    assert (deplace.uid, deplace.minutes, deplace.version) == (creneau.uid, 120, 2)
    assert [un.mot for un in recit(CRENEAUX, deplace, interne=True)] == [
        "Créneau déplacé",
        "Créneau ajouté",
    ]
    assert not list(differences())
    assert verifier() is None


@pytest.mark.parametrize(
    ("change", "phrase"),
    [
        ({"jour": ""}, "Donnez le jour"),
        ({"jour": "31/02/2027"}, "n’est pas un jour qui existe"),
        ({"a": "8 h"}, "jeudi 14 janvier 2027, le créneau finirait à 8 h, avant de commencer à 9 h"),
        ({"a": "9 h"}, "finirait à 9 h, avant de commencer à 9 h"),
        ({"a": "25 h"}, "« 25 h » n’est pas une heure"),
        ({"de": "7 h", "a": "19 h 30"}, "durerait 12 h 30 : un créneau dure 12 h au plus"),
        ({"jour": "2027-01-12", "de": "13 h"}, "avant de commencer à 13 h"),
        ({"jour": "2027-01-12", "de": "13 h", "a": "14 h"}, "recouvre un autre créneau de la session : mardi 12 janvier 2027, de 13 h 30 à 17 h"),
        ({"jour": "2027-01-10"}, "La session commence le 11 janvier 2027 : le 10 janvier 2027 est avant"),
        ({"jour": "2037-01-14"}, "relisez l’année"),
        ({"jour": "2027-01-17"}, "dimanche 17 janvier 2027 est un dimanche. Cochez « Je garde ce jour »"),
        ({"jour": "2027-05-06"}, "jeudi 6 mai 2027 est un jour férié (Ascension)"),
        ({"jour": "2027-02-23"}, "est pendant les vacances scolaires"),
    ],
)  # fmt: skip
def test_ce_qui_ne_va_pas_dit_quoi_et_ou(monde: Monde, change: dict[str, str], phrase: str) -> None:
    creneau = _premier(preparee(monde))
    with pytest.raises(GesteImpossible) as refus:
        _geste(monde, creneau, "deplacer", **{**LE_14, **change})
    assert phrase in str(refus.value)
    assert refus.value.champ in {"jour", "de", "a", "confirme"}
    creneau.refresh_from_db()
    assert creneau.version == 1


def test_un_dimanche_confirme_est_garde_et_le_journal_le_dit(monde: Monde) -> None:
    creneau = _premier(preparee(monde))
    garde = _geste(monde, creneau, "deplacer", **{**LE_14, "jour": "17/01/2027"}, confirme="oui")
    assert dire_quand(garde).startswith("dimanche 17 janvier 2027")


def test_un_creneau_contresigne_ne_bouge_plus(monde: Monde) -> None:
    creneau = _contresigne(monde, _premier(preparee(monde)))
    for nom in ("deplacer", "changer", "annuler"):
        with pytest.raises(GesteImpossible, match="le créneau est « Contresigné »"):
            _geste(monde, creneau, nom, **LE_14, modalite="sur_place")


def test_deux_onglets_ne_deplacent_pas_deux_fois(monde: Monde) -> None:
    creneau = _premier(preparee(monde))
    vu = Creneau.objects.select_related("session__site").get(pk=creneau.pk)
    _geste(monde, creneau, "deplacer", **LE_14)
    with pytest.raises(Depasse):
        faire(CRENEAUX, "deplacer", vu, Acteur(monde.alice), version=1, donnees=LE_14)


def test_un_creneau_annule_se_retablit_tant_que_sa_place_est_libre(monde: Monde) -> None:
    session = preparee(monde)
    premier = _geste(monde, _premier(session), "annuler")
    assert premier.etat == "annule"
    second = session.creneaux.filter(debut__gt=premier.debut).earliest("debut")
    second = Creneau.objects.select_related("session__site").get(pk=second.pk)
    _geste(monde, second, "deplacer", jour="2027-01-12", de="9 h", a="12 h 30")
    with pytest.raises(GesteImpossible, match="a pris sa place"):
        _geste(monde, premier, "retablir")


def test_qui_enseigne_est_de_l_organisme(monde: Monde) -> None:
    creneau = _premier(preparee(monde))
    change = _geste(
        monde, creneau, "changer", formateur=str(monde.alice.pk), modalite="virtuelle",
        lien="https://visio.exemple.fr/1", salle="",
    )  # fmt: skip
    assert (change.formateur, change.modalite, change.salle) == (monde.alice, "virtuelle", "")
    with pytest.raises(GesteImpossible, match="n’est pas, ou plus, de votre organisme"):
        _geste(monde, change, "changer", formateur=str(monde.charlie.pk), modalite="sur_place")
    with pytest.raises(GesteImpossible, match="n’est pas une adresse"):
        _geste(monde, change, "changer", lien="visio", modalite="virtuelle")
    with pytest.raises(GesteImpossible, match="garde son horaire"):
        _geste(monde, change, "changer", modalite="distance")


def test_un_creneau_s_ajoute_a_la_main_aux_memes_regles(monde: Monde) -> None:
    session, alice = preparee(monde), Acteur(monde.alice)
    saisie = {**LE_14, "module": "B1M1", "modalite": "sur_place"}
    creneau = ajouter(session, alice, saisie)
    assert (creneau.bloc, creneau.minutes) == (1, 210)
    with pytest.raises(GesteImpossible, match="recouvre"):
        ajouter(session, alice, saisie)
    with pytest.raises(GesteImpossible, match="Choisissez un module de la session"):
        ajouter(session, alice, {**saisie, "module": "B4M1"})
    with pytest.raises(GesteImpossible, match="durée moyenne"):
        ajouter(session, alice, {**saisie, "modalite": "distance"})
    libre = ajouter(
        session,
        alice,
        {**saisie, "modalite": "distance", "jour_de_fin": "2027-01-20", "duree": "7 h"},
    )
    assert (libre.minutes, (libre.fin - libre.debut).days) == (420, 6)


def test_les_conflits_sont_nommes(monde: Monde) -> None:
    session = preparee(monde)
    assert conflits(session) == []
    autre = preparee(monde)
    phrases = en_phrases(conflits(session))
    assert len(phrases) == 2 * session.creneaux.count()
    assert phrases[0] == (
        "mardi 12 janvier 2027, de 9 h à 12 h 30 : Bob Exemple enseigne déjà dans la session du 11 janvier 2027 "
        "(Site du centre), mardi 12 janvier 2027, de 9 h à 12 h 30."
    )
    assert "La salle Salle 1 est prise" in phrases[1]
    parcours = un_parcours(monde)
    inscrire(monde, session, parcours, 1, 2)
    inscrire(monde, autre, parcours, 1)
    seul = conflits(session, _premier(session))
    attendu = parcours.modules.get(code="B1M1").statut == "a_suivre"
    assert any("Léa Exemple a déjà un créneau" in un.phrase for un in seul) == attendu
    annuler(autre, monde, version=1)
    assert conflits(session) == []


def test_publier_nomme_les_conflits_et_se_confirme(monde: Monde, client: Client) -> None:
    session, _ = preparee(monde), preparee(monde)
    client.force_login(monde.alice)
    adresse = f"/espace/sessions/{session.pk}/gestes/publier/"
    page = client.post(adresse, {"version": "1"})
    assert page.status_code == 422
    assert "Des créneaux sont en conflit. mardi 12 janvier" in _lisible(page.content)
    assert (
        client.post(
            adresse, {"version": "1", "malgre": "oui", "sans_convention": "oui"}
        ).status_code
        == 302
    )
    session.refresh_from_db()
    assert session.etat == "publiee"


def test_la_page_d_un_creneau_deplace_et_dit_les_refus(monde: Monde, client: Client) -> None:
    creneau = _premier(preparee(monde))
    client.force_login(monde.alice)
    adresse = f"/espace/sessions/creneaux/{creneau.uid}/"
    assert "Mardi 12 janvier 2027, de 9 h à 12 h 30" in _lisible(client.get(adresse).content)
    page = client.post(f"{adresse}deplacer/", {**LE_14, "version": "1", "a": "8:00"})
    assert page.status_code == 422
    assert "finirait à 8 h" in _lisible(page.content)
    assert 'value="2027-01-14"' in page.content.decode()
    page = client.post(f"{adresse}deplacer/", {**LE_14, "version": "1", "jour": "2027-01-17"})
    assert 'name="confirme"' in page.content.decode()
    page = client.post(f"{adresse}deplacer/", {**LE_14, "version": "1"}, follow=True)
    assert "Le créneau est déplacé" in _lisible(page.content)
    client.force_login(monde.bob)
    assert client.get(adresse).status_code == 403
    client.force_login(monde.charlie)
    assert client.get(adresse).status_code == 404


def test_une_session_finit_quand_tout_est_contresigne_et_ne_s_annule_plus(monde: Monde) -> None:
    session, alice = preparee(monde), Acteur(monde.alice)
    publier(session, monde)
    with pytest.raises(GesteImpossible, match="ne sont ni contresignés ni annulés"):
        faire(SESSIONS, "terminer", session, alice, version=2)
    _contresigne(monde, _premier(session))
    with pytest.raises(GesteImpossible, match="la session a eu lieu"):
        annuler(session, monde, version=2)
    for un in Creneau.objects.select_related("session").filter(session=session, etat="prevu"):
        faire(CRENEAUX, "annuler", un, alice, version=1)
    faire(SESSIONS, "terminer", session, alice, version=2)
    assert session.etat == "terminee"
    annule = Creneau.objects.select_related("session").filter(etat="annule").earliest("pk")
    with pytest.raises(GesteImpossible, match="ne changent plus"):
        faire(CRENEAUX, "retablir", annule, alice, version=2)
