"""A session is prepared by its form: its calendar is shown before, then laid, exact and explained."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db.models import Sum

from binome.journal.chaine import verifier
from binome.journal.reconciliation import differences
from binome.reseau.models import SiteDeFormation
from binome.sessions.models import Creneau, Session
from tests.presences.vie import un_site

if TYPE_CHECKING:
    from django.test import Client

    from tests.dossiers.monde import Monde

ADRESSE = "/espace/sessions/nouvelle/"


def _saisie(site: SiteDeFormation, **autres: Any) -> dict[str, Any]:
    return {
        "referentiel": "rncp40913", "site": site.pk, "bloc_1": "1", "bloc_2": "2", "bloc_3": "3", "bloc_4": "4",
        "epreuves": "on", "debut": "2027-01-11", "jours": ["1", "2"], "matin_de": "09:00", "matin_a": "12:30",
        "apres_midi_de": "13:30", "apres_midi_a": "17:00", "capacite": "12", "modalite": "sur_place",
        "geste": "preparer", **autres,
    }  # fmt: skip


def _lisible(page: bytes) -> str:
    return " ".join(page.decode().replace("\xa0", " ").replace("\u202f", " ").split())


def test_le_formulaire_propose_ce_que_sont_la_plupart_des_sessions(
    monde: Monde, client: Client
) -> None:
    un_site(monde)
    client.force_login(monde.alice)
    page = client.get(ADRESSE)
    assert page.status_code == 200
    assert 'value="09:00"' in page.content.decode()
    assert "CQP assistant médical de 279 heures (RNCP 40913)" in _lisible(page.content)


def test_voir_le_calendrier_n_ecrit_rien_et_l_explique(monde: Monde, client: Client) -> None:
    client.force_login(monde.alice)
    page = client.post(ADRESSE, _saisie(un_site(monde), geste="voir"))
    dit = _lisible(page.content)
    assert page.status_code == 200
    # Laval is in zone B: its spring holidays are not those of zone A.
    assert "279 h</strong> en " in dit
    assert "sans formation, et pourquoi" in dit
    assert "Trois paires de jours" in dit
    assert "votre choix" in dit
    assert not Session.objects.exists()


def test_la_session_preparee_a_ses_creneaux_a_l_heure_du_site(monde: Monde, client: Client) -> None:
    client.force_login(monde.alice)
    site = un_site(monde)
    page = client.post(ADRESSE, _saisie(site, formateur=monde.bob.pk, salle="Salle 2"))
    session = Session.objects.get()
    assert (page.status_code, page.headers["Location"]) == (302, f"/espace/sessions/{session.pk}/")
    assert (session.etat, session.jours, session.blocs) == ("preparee", "12", [1, 2, 3, 4])
    assert session.creneaux.aggregate(n=Sum("minutes"))["n"] == 279 * 60
    assert (
        session.creneaux.filter(bloc=2)
        .exclude(module__contains="E")
        .aggregate(n=Sum("minutes"))["n"]
        == 75 * 60
    )
    assert session.creneaux.filter(module="B2M2").aggregate(n=Sum("minutes"))["n"] == 12 * 60
    assert set(session.creneaux.values_list("formateur", "salle")) == {(monde.bob.pk, "Salle 2")}
    for un in Creneau.objects.select_related("session__site"):
        ici = un.debut.astimezone(site.fuseau)
        assert ici.weekday() in (1, 2)
        assert (un.fin - un.debut).total_seconds() == un.minutes * 60
    premier = session.creneaux.earliest("debut").debut.astimezone(site.fuseau)
    assert (premier.date(), premier.hour, premier.minute) == (date(2027, 1, 12), 9, 0)
    assert not list(differences())
    assert verifier() is None


@pytest.mark.parametrize(("departement", "heure_utc"), [("974", 5), ("973", 12)])
def test_outre_mer_neuf_heures_est_celle_du_lieu(
    monde: Monde, client: Client, departement: str, heure_utc: int
) -> None:
    site = un_site(monde)
    SiteDeFormation.objects.filter(pk=site.pk).update(departement=departement)
    client.force_login(monde.alice)
    client.post(ADRESSE, _saisie(site))
    heures = {
        un.debut.hour for un in Creneau.objects.filter(session__site=site) if not un.debut.minute
    }
    assert heure_utc in heures
    assert Creneau.objects.earliest("debut").debut.hour == heure_utc


@pytest.mark.parametrize(
    ("change", "phrase"),
    [
        ({"site": ""}, "Choisissez le site"),
        ({"site": "999999"}, "n’est pas, ou plus, ouvert chez vous"),
        ({"bloc_1": "", "bloc_2": "", "bloc_3": "", "bloc_4": ""}, "Choisissez un bloc"),
        ({"bloc_2": "1"}, "Le bloc 1 est choisi deux fois"),
        ({"debut": ""}, "Donnez le premier jour possible"),
        ({"debut": "2027-02-30"}, "n’existe pas"),
        ({"debut": "2031-01-01"}, "enregistré que jusqu’au 25 juin 2030"),
        ({"jours": []}, "Cochez un jour de la semaine"),
        ({"matin_a": "08:00"}, "Le matin finirait à 8 h, avant de commencer à 9 h"),
        ({"matin_a": ""}, "deux heures, ou aucune"),
        ({"matin_a": "25:00"}, "n’est pas une heure"),
        ({"apres_midi_de": "12:00"}, "avant la fin du matin, à 12 h 30"),
        ({"matin_de": "", "matin_a": "", "apres_midi_de": "", "apres_midi_a": ""}, "une demi-journée au moins"),
        ({"capacite": "0"}, "une place au moins"),
        ({"capacite": "mille"}, "en chiffres"),
        ({"lien": "ceci n’est pas"}, "n’est pas une adresse"),
    ],
)  # fmt: skip
def test_ce_qui_est_mal_dit_revient_avec_sa_phrase_et_le_reste_tape(
    monde: Monde, client: Client, change: dict[str, Any], phrase: str
) -> None:
    client.force_login(monde.alice)
    page = client.post(ADRESSE, {**_saisie(un_site(monde), salle="Salle bleue"), **change})
    assert page.status_code == 422
    assert phrase in _lisible(page.content)
    assert 'value="Salle bleue"' in page.content.decode()
    assert not Session.objects.exists()


def test_un_module_sans_duree_est_demande_et_sinon_laisse(monde: Monde, client: Client) -> None:
    client.force_login(monde.alice)
    saisie = _saisie(
        un_site(monde), referentiel="rncp36358-279", bloc_1="4", bloc_2="", bloc_3="", bloc_4="",
        debut="2025-01-06", geste="voir", duree_B4M2="10 h 30",
    )  # fmt: skip
    dit = _lisible(client.post(ADRESSE, saisie).content)
    assert "24 h 30</strong> en " in dit
    assert "Aucune source ne donne la durée de ces modules" in dit
    page = client.post(ADRESSE, {**saisie, "duree_B4M2": "longtemps"})
    assert "n’est pas une durée" in _lisible(page.content)
    page = client.post(ADRESSE, {**saisie, "duree_B4M2": "57 h"})
    assert "passe celle que la source donne au bloc entier" in _lisible(page.content)


def test_seul_qui_gere_prepare(monde: Monde, client: Client) -> None:
    site = un_site(monde)
    for qui in (monde.bob, monde.emma, monde.lea):
        client.force_login(qui)
        assert client.get(ADRESSE).status_code in (302, 403)
        assert client.post(ADRESSE, _saisie(site)).status_code in (302, 403)
    client.force_login(monde.charlie)
    assert client.post(ADRESSE, _saisie(site)).status_code == 422
    assert not Session.objects.exists()
