"""Limits and one-time codes are the same for every worker: who guesses waits, who is right comes in."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import timedelta
from threading import Barrier, Thread
from typing import TYPE_CHECKING, Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache, caches
from django.db import OperationalError, connection
from django.utils import timezone

from binome.comptes.facteurs import poser_application
from binome.comptes.invitations import PAR_ADRESSE as PAR_ADRESSE_INVITEE
from binome.comptes.invitations import PAR_COMPTE as INVITATIONS
from binome.comptes.models import Compteur, Invitation
from binome.comptes.partage import compter, oublier_les_passes, premiere_fois
from binome.comptes.tentatives import CODES, PAR_ADRESSE, PAR_COMPTE, Tentative, sert_une_fois
from binome.courrier.models import Message
from binome.socle.adresse_reseau import adresse_comptee
from tests.comptes import application
from tests.dossiers.monde import Monde, construire, personne

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client, RequestFactory

MOT_DE_PASSE = "une phrase assez longue"
CONNEXION = "/compte/connexion/"
MINUTES = timedelta(minutes=5)


@pytest.fixture
def monde(db: None) -> Monde:
    return construire()


def entrer(
    client: Client, courriel: str, mot_de_passe: str = MOT_DE_PASSE, de: str = "192.0.2.1"
) -> Any:
    donnees = {"login": courriel, "password": mot_de_passe}
    return client.post(CONNEXION, donnees, REMOTE_ADDR=de)


def ensemble(faire: Callable[[], bool], nombre: int = 6) -> int:
    """How many of that many threads, started at once, were told yes."""
    depart, oui = Barrier(nombre), []

    def un_fil() -> None:
        depart.wait()
        try:
            for _ in range(500):
                try:
                    oui.append(faire())
                    break
                except OperationalError:  # SQLite asks to wait
                    time.sleep(0.01)
        finally:
            connection.close()

    fils = [Thread(target=un_fil) for _ in range(nombre)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    assert len(oui) == nombre
    return sum(oui)


def test_une_salle_de_classe_entre_d_une_meme_adresse(client: Client, monde: Monde) -> None:
    monde.alice.set_password(MOT_DE_PASSE)
    monde.alice.save()
    for _ in range(45):
        assert entrer(client, monde.alice.courriel).status_code == 302
        client.logout()
    assert not Compteur.objects.filter(nombre__gt=0).exists()


def test_qui_devine_attend_et_n_enferme_personne(client: Client, monde: Monde) -> None:
    monde.alice.set_password(MOT_DE_PASSE)
    monde.alice.save()
    for _ in range(PAR_COMPTE):
        assert "ne correspond pas" in entrer(client, monde.alice.courriel, "x").content.decode()
    assert "Trop d’essais" in entrer(client, monde.alice.courriel, "x").content.decode()
    assert "Trop d’essais" in entrer(client, monde.alice.courriel).content.decode()
    # The same home, by another of its IPv6 addresses, is the same address; another home is not.
    for _ in range(PAR_COMPTE):
        entrer(client, monde.alice.courriel, "x", de="2001:db8:1:2::1")
    meme = entrer(client, monde.alice.courriel, de="2001:db8:1:2:ffff::9")
    assert "Trop d’essais" in meme.content.decode()
    assert entrer(client, monde.alice.courriel, de="2001:db8:1:3::1").status_code == 302
    # Nothing readable in the table.
    assert not Compteur.objects.filter(cle__contains="alice").exists()


def test_qui_essaie_beaucoup_de_comptes_attend(rf: RequestFactory, db: None) -> None:
    for rang in range(PAR_ADRESSE):
        assert Tentative(rf.post(CONNEXION), f"{rang}@exemple.fr").commencer()
    lignes = Compteur.objects.count()
    for rang in range(5):
        assert not Tentative(rf.post(CONNEXION), f"encore-{rang}@exemple.fr").commencer()
    assert Compteur.objects.count() == lignes, "who waits still fills the table"
    assert Tentative(rf.post(CONNEXION, REMOTE_ADDR="192.0.2.9"), "encore@exemple.fr").commencer()


def test_les_codes_d_un_compte_ne_se_devinent_pas_de_partout(rf: RequestFactory, db: None) -> None:
    for rang in range(CODES):
        demande = rf.post(CONNEXION, REMOTE_ADDR=f"192.0.2.{rang}")
        assert Tentative(demande, "personne:1", par_code=True).commencer()
    demande = rf.post(CONNEXION, REMOTE_ADDR="198.51.100.1")
    assert not Tentative(demande, "personne:1", par_code=True).commencer()


@pytest.mark.postgresql
def test_un_code_ne_sert_qu_une_fois_meme_oublie_par_un_processus(
    client: Client, monde: Monde
) -> None:
    monde.emma.set_password(MOT_DE_PASSE)
    monde.emma.save()
    Authenticator.objects.filter(user=monde.emma).delete()
    secret = poser_application(monde.emma)
    code = application.code(secret)
    entrer(client, monde.emma.courriel)
    assert client.post("/compte/securite/code/", {"code": code}).headers["Location"] == "/espace/"
    client.logout()
    for cle in caches:
        caches[cle].close()
    # The framework forgets a code after thirty seconds; the code is worth ninety.
    Compteur.objects.filter(valeur__gt="").delete()
    entrer(client, monde.emma.courriel)
    encore = client.post("/compte/securite/code/", {"code": f"{code[:3]} {code[3:]}"})
    assert "Ce code n’est pas le bon" in encore.content.decode()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_de_plusieurs_qui_presentent_le_meme_code_un_seul_entre() -> None:
    qui = personne("nina")
    poser_application(qui)
    facteur = Authenticator.objects.get(user=qui)
    assert ensemble(lambda: sert_une_fois(facteur, "123456")) == 1
    Compteur.objects.update(expire_le=timezone.now() - MINUTES)
    assert ensemble(lambda: sert_une_fois(facteur, "123456")) == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_cent_essais_a_la_fois_sont_cent() -> None:
    assert ensemble(lambda: compter("porte:essai", MINUTES) <= 4, nombre=8) == 4


PROGRAMME = """
import sys, django
from django.conf import settings
settings.DATABASES["default"]["NAME"], settings.SECRET_KEY = sys.argv[1:]
django.setup()
from datetime import timedelta
from binome.comptes.partage import premiere_fois
print("pret", flush=True); sys.stdin.readline()
print(sum(premiere_fois(f"code:{n}", timedelta(minutes=3)) for n in range(60)))
"""


@pytest.mark.long(10)
@pytest.mark.django_db(transaction=True)
def test_deux_processus_ne_prennent_pas_le_meme_code() -> None:
    base = str(connection.settings_dict["NAME"])
    processus = [
        subprocess.Popen(
            [sys.executable, "-c", PROGRAMME, base, str(settings.SECRET_KEY)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    gagnes = []
    for un in processus:
        assert un.stdout is not None
        assert un.stdout.readline() == "pret\n"
    for un in processus:
        assert un.stdin is not None
        un.stdin.write("\n")
        un.stdin.flush()
    for un in processus:
        gagnes.append(int(un.communicate(timeout=60)[0]))
    assert sum(gagnes) == 60


@pytest.mark.postgresql
def test_ce_qui_est_partage_s_oublie_a_son_heure_et_se_lit_sans_ecrire(db: None) -> None:
    cache.set("a", [1.5, 2], 60)
    assert cache.get("a") == [1.5, 2]
    assert not cache.add("a", "autre", 60)
    assert premiere_fois("b", MINUTES)
    Compteur.objects.update(expire_le=timezone.now())
    avant = Compteur.objects.count()
    assert cache.get("a") is None
    assert Compteur.objects.count() == avant
    assert cache.add("a", "neuf", 60)
    assert cache.get("a") == "neuf"
    assert oublier_les_passes() == avant - 1


def test_une_adresse_est_celle_d_un_foyer() -> None:
    assert adresse_comptee("192.0.2.1") == "192.0.2.1"
    assert adresse_comptee("::ffff:192.0.2.1") == "192.0.2.1"
    assert adresse_comptee("2001:db8::1") == adresse_comptee("2001:db8:0:0:9::1%eth0")
    assert adresse_comptee("2001:db8::1") != adresse_comptee("2001:db8:0:1::1")
    assert adresse_comptee("nulle part" * 20) == ("nulle part" * 20)[:60]


@pytest.mark.django_db
@pytest.mark.usefixtures("minute_arretee")
def test_commencer_sans_fin_n_emplit_pas_les_sessions(client: Client) -> None:
    """Each beginning of a sign-in by key is a row: an address that only begins is told to wait."""
    page, entetes = "/compte/securite/cles/connexion/", {"X-Requested-With": "XMLHttpRequest"}
    statuts = [type(client)().get(page, headers=entetes).status_code for _ in range(70)]
    assert statuts == [200] * 60 + [429] * 10
    assert Session.objects.count() == 60


def test_le_bouton_qui_invite_a_un_pas(client: Client, monde: Monde) -> None:
    client.force_login(monde.alice)
    page = f"/compte/organisations/{monde.organisme.pk}/"

    def inviter(courriel: str) -> str:
        donnees = {"courriel": courriel, "role": "formateur"}
        return client.post(page, donnees, follow=True).content.decode()

    for _ in range(PAR_ADRESSE_INVITEE):
        assert "L’invitation part" in inviter("nour@exemple.fr")
    assert "déjà invité cette adresse 3 fois" in inviter("Nour@exemple.fr ")
    for rang in range(INVITATIONS - PAR_ADRESSE_INVITEE):
        assert "L’invitation part" in inviter(f"n{rang}@exemple.fr")
    assert Invitation.objects.count() == Message.objects.count() == INVITATIONS
    refus = inviter("encore@exemple.fr")
    assert "Vous avez envoyé 60 invitations en une heure" in refus
    assert "encore@exemple.fr" in refus, "what was typed is kept"
    assert Invitation.objects.count() == INVITATIONS
    Compteur.objects.update(expire_le=timezone.now())
    assert "L’invitation part" in inviter("encore@exemple.fr")
