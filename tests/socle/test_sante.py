"""Alive and ready: what each says, when, and that neither ever waits."""

from __future__ import annotations

import json
import socket
import time
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from binome.comptes.sessions_perimees import purger_les_sessions
from binome.courrier import battements
from binome.courrier.battements import Pouls, constater
from binome.courrier.boite import bloquee
from binome.courrier.models import Message
from binome.courrier.travaux import Travail, tourner
from binome.site import sante
from binome.socle import etat_de_la_machine as machine
from binome.socle.sondes import MUETTE, Sonde, interroger
from binome.travaux import TRAVAUX

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client
    from pytest_django import Settings

pytestmark = pytest.mark.postgresql

DOCUMENTATION = Path(__file__).parents[2] / "docs" / "exploitation.md"
sur_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'")
TOUT_VA = dict.fromkeys(
    ("base", "migrations", "courrier", "disque", "lectures", "travaux"), "en ordre"
)


@pytest.fixture
def en_service(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """A data folder of its own whose jobs beat, and questions that nobody has put yet."""
    settings.DONNEES = tmp_path
    settings.PLACE_MINIMALE = 1
    Pouls(TRAVAUX).battre()
    neuves = tuple(Sonde(une.noms, une._essayer, fraicheur=0) for une in sante.SONDES)
    with patch.object(sante, "SONDES", neuves):
        yield


def demander(client: Client) -> tuple[int, dict[str, str]]:
    reponse = client.get("/sante/pret/")
    lignes = reponse.content.decode().splitlines()
    return reponse.status_code, dict(une.split(" : ", 1) for une in lignes)


def test_vivant_ne_demande_rien_a_la_base(client: Client) -> None:
    """Without the mark of the database, a test that touches it fails."""
    reponse = client.get("/sante/")
    assert (reponse.status_code, reponse.content) == (200, b"en service\n")


@pytest.mark.django_db
@pytest.mark.parametrize("adresse", ["/sante/", "/sante/pret/"])
def test_la_sante_se_demande_sans_tls(
    client: Client, settings: Settings, en_service: None, adresse: str
) -> None:
    settings.SECURE_SSL_REDIRECT = True
    reponse = client.get(adresse)
    assert (reponse.status_code, reponse.headers["Cache-Control"]) == (200, "no-store")
    assert client.get("/sources/").status_code == 301


def test_la_documentation_dit_chaque_ligne() -> None:
    table = DOCUMENTATION.read_text("utf-8").split("| line | is not in order when |\n|---|---|\n")[
        1
    ]
    lignes = table.split("\n\n")[0].splitlines()
    dites = [ligne.split("`")[1] for ligne in lignes]
    assert dites == [nom for sonde in sante.SONDES for nom in sonde.noms]


@pytest.mark.django_db
def test_pret_dit_chaque_chose(client: Client, en_service: None) -> None:
    """On SQLite, the test itself holds the lock of who writes: a busy database stays ready."""
    assert demander(client) == (200, TOUT_VA)


@pytest.mark.django_db
def test_des_travaux_morts_se_voient(client: Client, en_service: None, settings: Settings) -> None:
    fichier = battements.fichier()
    contenu = json.loads(fichier.read_bytes())
    vieux = {**contenu, "instant": time.time() - battements.SILENCE - 1}
    fichier.write_text(json.dumps(vieux), encoding="utf-8")
    assert demander(client) == (503, {**TOUT_VA, "travaux": "arrêtés"})
    fichier.write_text("à moitié {", encoding="utf-8")
    assert demander(client)[1]["travaux"] == "arrêtés"


def test_un_travail_en_retard_est_nomme(tmp_path: Path) -> None:
    chemin, maintenant = tmp_path / "travaux.json", time.time()
    releve = {"tous_les": 60.0, "passe": maintenant, "succes": maintenant, "depuis": 0.0}
    tard = {**releve, "succes": maintenant - 2 * 60 - battements.MARGE - 1}
    contenu = {"instant": maintenant, "en_cours": {}, "travaux": {"un": releve, "deux": releve}}
    chemin.write_text(json.dumps(contenu), encoding="utf-8")
    assert constater(chemin) == ""
    contenu["travaux"] = {"un": releve, "deux": tard}
    contenu["en_cours"] = {"nom": "bloque", "depuis": maintenant - battements.TROP_LONG - 1}
    chemin.write_text(json.dumps(contenu), encoding="utf-8")
    assert constater(chemin) == "en retard (bloque, deux)"


@pytest.mark.django_db
def test_le_coureur_note_ce_qui_passe_et_ce_qui_reussit(settings: Settings, tmp_path: Path) -> None:
    settings.DONNEES = tmp_path
    arret = Event()

    def finir() -> int:
        arret.set()
        return 0

    def echouer() -> int:
        raise ValueError

    tourner([Travail("echouer", echouer), Travail("finir", finir)], arret)
    lu = json.loads(battements.fichier().read_bytes())
    assert (lu["travaux"]["echouer"]["succes"], lu["en_cours"]) == (0.0, {})
    assert lu["travaux"]["echouer"]["passe"] > 0
    assert lu["travaux"]["finir"]["succes"] >= lu["travaux"]["echouer"]["passe"]
    assert [un.name for un in tmp_path.iterdir()] == ["travaux.json"]


def test_deux_coureurs_gardent_le_plus_recent_et_un_disque_refuse_en_silence(
    tmp_path: Path,
) -> None:
    chemin, travaux = tmp_path / "travaux.json", [Travail("un", int), Travail("deux", int)]
    premier, second = Pouls(travaux, chemin), Pouls(travaux, chemin)
    premier.finir("un", bien=True)
    premier.battre()
    second.finir("deux", bien=True)
    second.battre()
    lu = json.loads(chemin.read_bytes())["travaux"]
    assert lu["un"]["succes"] > 0
    assert lu["deux"]["succes"] > 0
    Pouls(travaux, tmp_path / "nulle" / "part").battre()


@pytest.mark.django_db
def test_une_base_d_une_autre_version_se_voit(client: Client, en_service: None) -> None:
    plus = machine._attendues() | {("dossiers", "9999_demain")}
    with patch.object(machine, "_attendues", lambda: plus):
        assert demander(client) == (503, {**TOUT_VA, "migrations": "à appliquer"})


@pytest.mark.django_db
def test_une_base_plus_recente_se_voit(client: Client, en_service: None) -> None:
    """As after a downgrade: one of our rooms is past what this program knows; another library's name says nothing."""
    derniere = max(nom for piece, nom in machine._attendues() if piece == "dossiers")
    avant = frozenset(machine._attendues() - {("dossiers", derniere)})
    with patch.object(machine, "_attendues", lambda: avant):
        assert demander(client) == (503, {**TOUT_VA, "migrations": machine.PLUS_RECENTE})
    autres = frozenset(machine._attendues() - {("sessions", "0001_initial")})
    with patch.object(machine, "_attendues", lambda: autres):
        assert demander(client) == (200, TOUT_VA)


@pytest.mark.django_db
def test_un_disque_presque_plein_se_voit(
    client: Client, settings: Settings, en_service: None
) -> None:
    settings.PLACE_MINIMALE = 1 << 60
    assert demander(client) == (503, {**TOUT_VA, "disque": "presque plein"})


def test_une_question_qui_ne_repond_pas_n_attend_personne() -> None:
    fin, posees = Event(), []

    def pendre() -> dict[str, str]:
        posees.append(1)
        fin.wait(10)
        return {"pendue": ""}

    sondes = (Sonde(("pendue",), pendre), Sonde(("saine",), lambda: {"saine": ""}))
    debut = time.monotonic()
    assert interroger(sondes, delai=0.1) == {"pendue": MUETTE, "saine": ""}
    assert interroger(sondes, delai=0.1)["pendue"] == MUETTE
    assert time.monotonic() - debut < 1
    assert len(posees) == 1
    fin.set()
    assert interroger(sondes)["pendue"] == ""


@pytest.mark.django_db
def test_une_base_absente_se_voit(client: Client, en_service: None) -> None:
    with patch.dict(connection.settings_dict, {"NAME": "/nulle/part", "HOST": "/nulle/part"}):
        statut, dits = demander(client)
    assert (statut, dits["base"], dits["disque"]) == (503, MUETTE, "en ordre")


@sur_postgresql
@pytest.mark.django_db
def test_une_base_pendue_se_voit_en_deux_secondes(client: Client, en_service: None) -> None:
    with socket.create_server(("127.0.0.1", 0)) as muette:
        ailleurs = {"HOST": "127.0.0.1", "PORT": str(muette.getsockname()[1])}
        debut = time.monotonic()
        with patch.dict(connection.settings_dict, ailleurs):
            statut, dits = demander(client)
        assert time.monotonic() - debut < 2
        assert client.get("/sante/").status_code == 200
    assert (statut, dits["base"]) == (503, MUETTE)


@sur_postgresql
@pytest.mark.django_db(transaction=True)
def test_une_base_qui_ne_fait_que_lire_se_voit(client: Client, en_service: None) -> None:
    base = connection.ops.quote_name(connection.settings_dict["NAME"])
    with connection.cursor() as curseur:
        curseur.execute(f"ALTER DATABASE {base} SET default_transaction_read_only = on")
        try:
            statut, dits = demander(client)
        finally:
            curseur.execute(f"ALTER DATABASE {base} RESET default_transaction_read_only")
    assert (statut, dits["base"]) == (503, machine.N_ECRIT_PAS)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("retard", "essais", "faute", "attendu"),
    [
        (timedelta(minutes=1), 0, "", ""),
        (timedelta(minutes=16), 0, "", "bloqué"),
        (-timedelta(hours=1), 5, "ConnectionRefusedError", "bloqué"),
        (-timedelta(hours=1), 5, "SMTPRecipientsRefused 550", ""),
    ],
)
def test_le_courrier_bloque_se_voit(
    retard: timedelta, essais: int, faute: str, attendu: str
) -> None:
    du = timezone.now() - retard
    Message.objects.create(
        cle="essai", destinataire="lea@exemple.fr", sujet="Essai", texte="Essai",
        cree_le=du, a_envoyer_des=du, essais=essais, derniere_erreur=faute,
    )  # fmt: skip
    assert bloquee(connection) == attendu


@pytest.mark.django_db
def test_seules_les_sessions_perimees_sont_purgees() -> None:
    vivante, perimee = SessionStore(), SessionStore()
    vivante.create()
    perimee.create()
    Session.objects.filter(pk=perimee.session_key).update(
        expire_date=timezone.now() - timedelta(seconds=1)
    )
    assert purger_les_sessions() == 1
    assert purger_les_sessions() == 0
    assert [un.pk for un in Session.objects.all()] == [vivante.session_key]
    assert "purger-les-sessions" in {un.nom for un in TRAVAUX}


@pytest.mark.parametrize("adresse", ["/sante/", "/sante/pret/"])
def test_une_sonde_demande_par_adresse(client: Client, adresse: str) -> None:
    """A probe knows no name of the site; every other page wants one."""
    assert client.get(adresse, headers={"Host": "10.0.0.7:8000"}).status_code in (200, 503)
    assert client.get("/", headers={"Host": "10.0.0.7:8000"}).status_code == 400
