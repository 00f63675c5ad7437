"""A calendar that follows one's slots by a private address, and a word the day before."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from binome.courrier.models import Avis
from binome.gestes.services import faire
from binome.journal.models import Entree
from binome.journal.reconciliation import differences
from binome.sessions.flows import CRENEAUX
from binome.sessions.models import AbonnementAuxCreneaux, Creneau
from binome.sessions.rappels import rappeler
from tests.presences.suivi import poser, suivre

if TYPE_CHECKING:
    from pytest_django import Settings

    from binome.comptes.models import Personne
    from tests.dossiers.monde import Monde
    from tests.presences.suivi import Suivi

ICI = "/espace/sessions/les-miens/"


@pytest.fixture
def suivi(monde: Monde, settings: Settings) -> Suivi:
    settings.DEMONSTRATION = True
    return suivre(monde)


def client(qui: Personne) -> Client:
    un = Client()
    un.force_login(qui)
    return un


def ouvrir(qui: Personne) -> str:
    """The path of the address that a person opens."""
    page = client(qui).post(f"{ICI}adresse/").content.decode()
    adresse = re.search(r'value="https?://[^/"]+(/calendrier/[^"]+)"', page)
    assert adresse is not None
    return adresse[1]


def evenements(adresse: str) -> dict[str, tuple[int, datetime]]:
    """The revision and the beginning of each event that a calendar reads, which signed in nowhere."""
    rendu = Client().get(adresse)
    assert (rendu.status_code, rendu["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert b"\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\nX-PUBLISHED-TTL:PT1H\r\n" in rendu.content
    lus = Calendar.from_ical(rendu.content).walk("VEVENT")
    return {str(un["uid"]): (int(un.decoded("sequence")), un.decoded("dtstart")) for un in lus}


def test_un_creneau_deplace_reste_le_meme_evenement(suivi: Suivi) -> None:
    """The same identifier and a higher revision: a calendar moves it, and does not double it."""
    debut = timezone.localtime() + timedelta(days=60)
    un = poser(suivi.creneau.session, suivi.monde, debut=debut, fin=debut + timedelta(minutes=210))
    lea, bob = ouvrir(suivi.monde.lea), ouvrir(suivi.monde.bob)
    avant = evenements(lea)
    assert evenements(bob) == avant
    jour = timezone.localdate(debut) + timedelta(days=1)
    donnees = {"jour": jour.isoformat(), "de": "14:00", "a": "15:00", "confirme": "oui"}
    faire(CRENEAUX, "deplacer", un, suivi.alice, version=un.version, donnees=donnees)
    apres = evenements(lea)
    assert apres.keys() == avant.keys()
    bouge = {uid for uid in avant if avant[uid][1] != apres[uid][1]}
    assert bouge == {str(un.uid)}
    assert apres[str(un.uid)][0] > avant[str(un.uid)][0]
    assert evenements(bob) == apres


def test_l_adresse_se_change_et_se_ferme_et_n_est_gardee_nulle_part(suivi: Suivi) -> None:
    premiere = ouvrir(suivi.monde.lea)
    jeton = premiere.split("/")[2]
    assert not AbonnementAuxCreneaux.objects.filter(jeton__contains=jeton).exists()
    assert not any(jeton in str(une.__dict__) for une in Entree.objects.all())
    assert jeton not in client(suivi.monde.lea).get(ICI).content.decode()
    seconde = ouvrir(suivi.monde.lea)
    assert Client().get(premiere).status_code == 404
    assert Client().get(seconde).status_code == 200
    client(suivi.monde.lea).post(f"{ICI}adresse/revoquer/")
    assert Client().get(seconde).status_code == 404
    assert Client().get("/calendrier//creneaux.ics").status_code == 404
    assert not list(differences())


def test_deux_appuis_n_ouvrent_qu_une_adresse(suivi: Suivi) -> None:
    ouvrir(suivi.monde.lea)
    lea, vue = client(suivi.monde.lea), {"version": AbonnementAuxCreneaux.objects.get().version}
    assert [lea.post(f"{ICI}adresse/", vue).status_code for _ in range(2)] == [200, 302]


def test_un_compte_ferme_n_ouvre_plus_son_calendrier(suivi: Suivi) -> None:
    adresse = ouvrir(suivi.monde.lea)
    type(suivi.monde.lea).objects.filter(pk=suivi.monde.lea.pk).update(is_active=False)
    assert Client().get(adresse).status_code == 404


def a(monkeypatch: pytest.MonkeyPatch, suivi: Suivi, jours: int, heure: int) -> datetime:
    """Sets the clock to an hour, by the clock of the site, so many days from today."""
    fuseau = suivi.creneau.session.site.fuseau
    jour = timezone.localdate(None, fuseau) + timedelta(days=jours)
    instant = datetime.combine(jour, time(heure), tzinfo=fuseau)
    monkeypatch.setattr(timezone, "now", lambda: instant)
    return instant


def poser_a(suivi: Suivi, debut: datetime) -> Creneau:
    return poser(
        suivi.creneau.session,
        suivi.monde,
        debut=debut,
        fin=debut + timedelta(minutes=90),
        minutes=90,
    )


def test_la_veille_un_seul_rappel_a_chacun(suivi: Suivi, monkeypatch: pytest.MonkeyPatch) -> None:
    maintenant = a(monkeypatch, suivi, 20, 8)
    for heures in (25, 28, 49):
        poser_a(suivi, maintenant + timedelta(hours=heures))
    annule = poser_a(suivi, maintenant + timedelta(hours=31))
    faire(CRENEAUX, "annuler", annule, suivi.alice, version=annule.version)
    Avis.objects.all().delete()
    assert [rappeler() for _ in range(3)] == [2, 2, 2]
    dits = {un.destinataire: un.texte for un in Avis.objects.filter(genre="demain")}
    assert dits.keys() == {suivi.monde.lea.courriel, suivi.monde.bob.courriel}
    assert set(dits.values()) == {
        "Demain : de 9 h à 10 h 30, à Site du centre et de 12 h à 13 h 30, à Site du centre."
    }
    assert Avis.objects.count() == 2


def test_qui_n_en_veut_plus_n_est_plus_rappele(
    suivi: Suivi, monkeypatch: pytest.MonkeyPatch
) -> None:
    lea = client(suivi.monde.lea)
    lea.post(f"{ICI}adresse/taire/")
    assert "Me rappeler la veille" in lea.get(ICI).content.decode()
    maintenant = a(monkeypatch, suivi, 20, 8)
    poser_a(suivi, maintenant + timedelta(hours=25))
    rappeler()
    rappels = Avis.objects.filter(genre="demain")
    assert [un.destinataire for un in rappels] == [suivi.monde.bob.courriel]
    assert lea.post(f"{ICI}adresse/taire/", follow=True).status_code == 200
    monkeypatch.undo()


def test_demain_est_celui_du_site(suivi: Suivi, monkeypatch: pytest.MonkeyPatch) -> None:
    """At 23 h in Mayenne it is the next day in Réunion: a slot of the same day there is not tomorrow."""
    site = suivi.creneau.session.site
    type(site).objects.filter(pk=site.pk).update(departement="974")
    suivi.creneau.session.refresh_from_db()
    reunion = ZoneInfo("Indian/Reunion")
    jour = timezone.localdate(None, reunion) + timedelta(days=20)
    monkeypatch.setattr(timezone, "now", lambda: datetime.combine(jour, time(1), tzinfo=reunion))
    poser_a(suivi, datetime.combine(jour, time(9), tzinfo=reunion))
    assert rappeler() == 0
    poser_a(suivi, datetime.combine(jour + timedelta(days=1), time(9), tzinfo=reunion))
    assert rappeler() == 2


def test_qui_regarde_pour_aider_n_ouvre_rien(suivi: Suivi) -> None:
    assert client(suivi.monde.lea).post(f"{ICI}adresse/inconnu/").status_code == 404
    assert Client().post(f"{ICI}adresse/").status_code == 302
    assert not AbonnementAuxCreneaux.objects.exists()
