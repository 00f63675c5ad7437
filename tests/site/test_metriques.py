"""`/metriques/`: closed unless opened; right across processes; nothing of anyone in it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from datetime import timedelta
from ipaddress import ip_network
from typing import TYPE_CHECKING, Final

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from binome.courrier.battements import Pouls
from binome.courrier.models import Message
from binome.courrier.travaux import Travail, passer
from binome.socle import etat_de_la_machine, suivi_de_sauvegarde
from binome.socle.reglages import COMPTEURS
from tests.dossiers.monde import construire
from tests.lettres.test_lettres import decidee
from tests.service.machines import site

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

JETON: Final = "jeton-d-essai-de-plus-de-vingt-caracteres"
PORTEUR: Final = {"Authorization": f"Bearer {JETON}"}


@pytest.fixture
def ouvertes(settings: Settings, tmp_path: Path) -> Client:
    """A site whose figures a token opens."""
    settings.METRIQUES_JETON = JETON
    settings.METRIQUES_ADRESSES = ()
    settings.MIDDLEWARE = [*COMPTEURS, *settings.MIDDLEWARE]
    settings.DONNEES = tmp_path
    return Client()


def lire(client: Client) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    """Every figure, by its name and labels."""
    reponse = client.get("/metriques/", headers=PORTEUR)
    assert reponse.status_code == 200
    assert reponse.headers["Content-Type"].startswith("text/plain")
    assert reponse.headers["Cache-Control"] == "no-store"
    return comprendre(reponse.content.decode())


def comprendre(texte: str) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    return {
        (une.name, tuple(sorted(une.labels.items()))): une.value
        for famille in text_string_to_metric_families(texte)
        for une in famille.samples
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("jeton", "reseau", "donne", "adresse", "attendu"),
    [
        ("", "", PORTEUR, "127.0.0.1", 404),
        (JETON, "", PORTEUR, "192.0.2.1", 200),
        (JETON, "", {}, "127.0.0.1", 404),
        (JETON, "", {"Authorization": "Bearer "}, "127.0.0.1", 404),
        (JETON, "", {"Authorization": f"Bearer {JETON}é"}, "127.0.0.1", 404),
        (JETON, "", {"Authorization": f"Basic {JETON}"}, "127.0.0.1", 404),
        ("", "192.0.2.0/24", {}, "192.0.2.7", 200),
        ("", "192.0.2.0/24", {}, "198.51.100.1", 404),
        ("", "192.0.2.0/24", {"X-Forwarded-For": "192.0.2.7"}, "198.51.100.1", 404),
        ("", "192.0.2.0/24", {}, "", 404),
        ("", "::1/128", {}, "::1", 200),
        (JETON, "192.0.2.0/24", PORTEUR, "192.0.2.7", 200),
        (JETON, "192.0.2.0/24", {}, "192.0.2.7", 404),
        (JETON, "192.0.2.0/24", PORTEUR, "198.51.100.1", 404),
    ],
)
def test_la_porte_est_fermee_sauf_a_qui_le_reglage_l_ouvre(
    settings: Settings,
    tmp_path: Path,
    jeton: str,
    reseau: str,
    donne: dict[str, str],
    adresse: str,
    attendu: int,
) -> None:
    settings.METRIQUES_JETON, settings.DONNEES = jeton, tmp_path
    settings.METRIQUES_ADRESSES = (ip_network(reseau),) if reseau else ()
    client = Client(REMOTE_ADDR=adresse)
    assert client.get("/metriques/", headers=donne).status_code == attendu
    assert client.post("/metriques/", headers=donne).status_code == 404


@pytest.mark.django_db
def test_les_demandes_se_comptent_par_route_et_sans_rien_de_personne(ouvertes: Client) -> None:
    def compte(methode: str, statut: str, route: str) -> float:
        etiquettes = (("method", methode), ("route", route), ("status", statut))
        return lire(ouvertes).get(("binome_http_requests_total", etiquettes), 0.0)

    suivies = (
        ("GET", "2xx", "sources/"),
        ("GET", "3xx", "aucune"),
        ("GET", "4xx", "aucune"),
        ("AUTRE", "4xx", "sources/"),
    )
    avant = [compte(*une) for une in suivies]
    ouvertes.get("/sources/?prenom=Brigitte")
    ouvertes.get("/espace/dossiers/POS-2026-SECRET/")
    ouvertes.get("/sources/brigitte-secret/")
    ouvertes.get("/nulle/part/brigitte@exemple.fr/")
    ouvertes.generic("BRIGITTE", "/sources/")
    assert [compte(*une) - de for une, de in zip(suivies, avant, strict=True)] == [1, 1, 1, 1]
    texte = ouvertes.get("/metriques/", headers=PORTEUR).content.decode()
    assert not [
        mot for mot in ("Brigitte", "BRIGITTE", "brigitte", "secret", "SECRET") if mot in texte
    ]
    duree = (
        "binome_http_request_duration_seconds_count",
        (("method", "GET"), ("route", "sources/")),
    )
    lus = lire(ouvertes)
    assert lus[duree] >= 1
    fausse = (("method", "GET"), ("route", "sources/<str:identifiant>/"), ("status", "4xx"))
    assert lus["binome_http_requests_total", fausse] >= 1, "la route, et pas l’adresse"


@pytest.mark.django_db(transaction=True)
def test_l_etat_de_la_maison_se_lit(ouvertes: Client, settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "fichiers"
    travaux = [Travail("un", patienter)]
    pouls = Pouls(travaux)
    passer(travaux, pouls)
    pouls.battre()
    vide = lire(ouvertes)
    assert vide["binome_outbox_messages", ()] == vide["binome_letters_unsealed", ()] == 0
    assert vide["binome_outbox_oldest_age_seconds", ()] == 0
    assert ("binome_backup_last_timestamp_seconds", ()) not in vide, "jamais n’est pas zéro"
    monde = construire()
    decidee(monde)
    Message.objects.all().delete()
    il_y_a = timezone.now() - timedelta(hours=2)
    Message.objects.create(
        cle="un", destinataire="a@exemple.fr", sujet="s", texte="t", cree_le=il_y_a,
        a_envoyer_des=il_y_a,
    )  # fmt: skip
    suivi_de_sauvegarde.noter()
    lus = lire(ouvertes)
    assert lus["binome_outbox_messages", ()] == 1
    assert 7200 <= lus["binome_outbox_oldest_age_seconds", ()] < 7300
    assert lus["binome_letters_unsealed", ()] == 1
    assert 60 <= lus["binome_letters_unsealed_oldest_age_seconds", ()] < 160
    assert lus["binome_outbox_abandoned_messages", ()] == 0
    assert lus["binome_database_up", ()] == 1
    assert lus["binome_database_size_bytes", ()] > 100_000
    assert lus["binome_disk_free_bytes", ()] > 0
    instant = time.time()
    for nom in ("job_last_pass", "job_last_success"):
        assert instant - lus[f"binome_{nom}_timestamp_seconds", (("job", "un"),)] < 60
    assert 0.05 <= lus["binome_job_last_duration_seconds", (("job", "un"),)] < 5
    assert instant - lus["binome_backup_last_timestamp_seconds", ()] < 60


@pytest.mark.django_db
def test_une_base_absente_ne_se_compte_pas_pour_zero(
    ouvertes: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def absente() -> None:
        raise DatabaseError

    monkeypatch.setattr(etat_de_la_machine, "base_a_part", absente)
    lus = lire(ouvertes)
    assert lus["binome_database_up", ()] == 0
    assert ("binome_outbox_messages", ()) not in lus
    assert lus["binome_disk_free_bytes", ()] > 0


def patienter() -> int:
    """A job that takes a while."""
    time.sleep(0.05)
    return 0


COMPTER: Final = """
import sys
from binome.socle.compteurs import DEMANDES, registre
from prometheus_client import generate_latest
for _ in range(int(sys.argv[1])):
    DEMANDES.labels("GET", "2xx", "sources/").inc()
if sys.argv[1] == "0":
    print(generate_latest(registre()).decode())
"""


def test_les_processus_comptent_ensemble_meme_morts(tmp_path: Path) -> None:
    def lancer(nombre: int) -> str:
        env = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
        fini = subprocess.run(
            [sys.executable, "-c", COMPTER, str(nombre)],
            env=env, capture_output=True, text=True, check=True,
        )  # fmt: skip
        return fini.stdout

    lancer(3)
    lancer(4)
    etiquettes = (("method", "GET"), ("route", "sources/"), ("status", "2xx"))
    assert comprendre(lancer(0))["binome_http_requests_total", etiquettes] == 7


@pytest.mark.long(20)
@pytest.mark.sqlite
def test_deux_ouvriers_disent_le_meme_compte_meme_apres_une_mort(tmp_path: Path) -> None:
    """The server itself: whoever answers, what all have answered is told; a worker that dies takes nothing away."""
    with site(tmp_path, "--ouvriers", "2", BINOME_METRIQUES_JETON=JETON) as serveur:

        def demander(chemin: str) -> str:
            adresse = f"http://127.0.0.1:{serveur.port}{chemin}"
            question = urllib.request.Request(adresse, headers=PORTEUR)
            with urllib.request.urlopen(question, timeout=20) as reponse:  # noqa: S310 - the same
                return str(reponse.read().decode())

        etiquettes = (("method", "GET"), ("route", "sources/"), ("status", "2xx"))

        def compte() -> float:
            lus = comprendre(demander("/metriques/"))
            return lus["binome_http_requests_total", etiquettes]

        for _ in range(30):
            demander("/sources/")
        assert {compte() for _ in range(10)} == {30}
        ouvriers = serveur.enfants("binome.service.ouvrier")
        assert len(ouvriers) == 2
        os.kill(ouvriers[0], signal.SIGKILL)
        for _ in range(10):
            demander("/sources/")
        assert {compte() for _ in range(10)} == {40}
        compteurs = [un.name for un in (tmp_path / "metriques").iterdir()]
        assert len([un for un in compteurs if un.startswith("counter_")]) >= 2
