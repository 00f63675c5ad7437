"""The public proofs: the same for everyone, without an account, without a name; read only, and not too often."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from django.core.cache import caches

from binome.comptes.cadence import DEBUTS
from binome.journal import autorite_d_essai
from binome.journal.ancres import poser
from binome.journal.models import Jeton, Racine
from binome.journal.prouver import verifieur
from tests.journal.etranger import Etranger
from tests.journal.test_commandes import remplir
from tests.site.lecture import lire

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django.fixtures import Settings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _hors_de_la_base(tmp_path: Path, settings: Settings) -> None:
    settings.ANCRES, settings.EFFACEMENTS = tmp_path / "ancres", tmp_path / "effacements.jsonl"
    caches["processus"].clear()


def test_rien_n_est_publie_encore(client: Client) -> None:
    page = lire(client, "/preuves/")
    assert "Rien n’est encore publié." in page.texte
    assert "/preuves/" in lire(client, "/").liens
    assert json.loads(client.get("/preuves/preuves.json").content) == {
        "annonces": [],
        "version": 1,
    }


def test_une_personne_prend_tout_sur_la_page_et_le_verifie(client: Client, tmp_path: Path) -> None:
    remplir(3)
    poser()
    page = lire(client, "/preuves/")
    une = Racine.objects.get()
    assert f"<code>{une.empreinte}</code>" in client.get("/preuves/").content.decode()
    for dit in ("3 actes notés depuis le début.", "Non horodaté."):
        assert dit in page.texte
    assert "essai" not in page.texte
    etranger = Etranger(tmp_path)
    etranger.programme.write_bytes(client.get("/preuves/verifier_une_preuve.py").content)
    assert etranger.programme.read_bytes() == verifieur().read_bytes()
    recue = client.get("/preuves/preuves.json")
    connue = {"If-None-Match": recue.headers["ETag"]}
    assert client.get("/preuves/preuves.json", headers=connue).status_code == 304
    assert recue.headers["Content-Disposition"] == 'attachment; filename="preuves.json"'
    fichier = etranger.garder("preuves.json", recue.content.decode())
    assert etranger.verifier(fichier, etranger.preuve(), "--tenue", une.empreinte).code == 3
    assert client.get("/preuves/1/annonce.json").content.decode() == une.annonce
    # What is published tells of nobody: neither the entries nor whom they are about.
    for mot in ("personne:1", "BM-", "dossier", "Nom 1"):
        assert mot not in recue.content.decode()


def test_l_horodatage_d_essai_se_dit_et_celui_d_une_vraie_autorite_se_prend(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.DONNEES = tmp_path
    autorite_d_essai.faire()
    poser()
    page = lire(client, "/preuves/")
    assert "Ses dates ne prouvent rien." in page.texte
    assert "Horodaté par l’autorité d’essai, sans valeur" in page.texte
    jeton = client.get("/preuves/1/1.tsr")
    assert jeton.headers["Content-Type"] == "application/timestamp-reply"
    assert jeton.content == bytes(Jeton.objects.get().contenu)
    assert b"BEGIN CERTIFICATE" in client.get("/preuves/autorites.pem").content
    for adresse in ("/preuves/1/2.tsr", "/preuves/2/annonce.json", f"/preuves/{9**30}/1.tsr"):
        assert client.get(adresse).status_code == 404
    settings.DEMONSTRATION = False
    assert client.get("/preuves/autorites.pem").status_code == 404


def test_une_autorite_muette_est_nommee_et_les_jours_d_avant_se_lisent(
    client: Client, settings: Settings
) -> None:
    settings.HORODATAGE = "http://127.0.0.1:1/tsr"
    for _ in range(33):
        poser()
    page = lire(client, "/preuves/")
    assert "Sans réponse ce jour-là : 127.0.0.1:1/tsr." in page.texte
    assert "numéro 33" in page.texte
    assert "numéro 2 " not in page.texte
    suite = lire(client, "/preuves/?avant=3")
    assert "numéro 2" in suite.texte
    assert "numéro 3" not in suite.texte
    assert lire(client, "/preuves/?avant=abc").texte == page.texte


def test_on_ne_demande_pas_sans_fin(client: Client) -> None:
    for _ in range(DEBUTS):
        assert client.get("/preuves/preuves.json").status_code == 200
    assert client.get("/preuves/").status_code == 429
    assert client.post("/preuves/").status_code == 405
