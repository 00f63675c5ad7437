"""Lots of many: nobody closes them to another, by their number, their size or their slowness."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest
from django.utils import timezone

from binome.api import fichiers, services
from binome.api.models import EtatDeLot, Lot
from binome.api.problemes import Probleme
from binome.api.tour import Tour
from binome.regles.courante import base_courante
from tests.api.outils import V1, attendre, envoyer, probleme

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

TABLEAU = b"date_entree\n2026-01-15\n"
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("dossier_des_lots"),
]


def _deposer(origine: str, contenu: bytes = TABLEAU, *, fini: bool = True) -> tuple[Lot, str]:
    lot, jeton = services.creer([contenu], ".csv", base_courante(), origine=origine)
    if fini:
        Lot.objects.filter(pk=lot.pk).update(etat=EtatDeLot.TERMINE)
    return lot, jeton


@pytest.mark.parametrize("nombre", [55, pytest.param(600, marks=pytest.mark.long(60))])
def test_les_lots_d_une_adresse_ne_ferment_rien_aux_autres(
    dossier_des_lots: Path, nombre: int
) -> None:
    dernier = [_deposer("a")[1] for _ in range(nombre)][-1]
    assert Lot.objects.count() == services.GARDES_PAR_ADRESSE
    assert services.trouver(dernier).pk
    autre, jeton = _deposer("b", fini=False)
    assert services.trouver(jeton) == autre
    assert len(list(dossier_des_lots.iterdir())) == services.GARDES_PAR_ADRESSE + 1


def test_une_maison_pleine_laisse_le_plus_ancien_de_l_adresse_la_plus_chargee(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(services, "GARDES", 6)
    jetons = {nom: _deposer(nom[0])[1] for nom in ("b1", "a1", "a2", "a3", "b2", "c1")}
    _deposer("d")
    with pytest.raises(Probleme):
        services.trouver(jetons.pop("a1"))
    for jeton in jetons.values():
        assert services.trouver(jeton).pk


def test_les_octets_comptent_aussi(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "PLACE", 1000)
    petit = _deposer("a")[1]
    gros = _deposer("b", b"x" * 900)[1]
    _deposer("c", b"x" * 500)
    assert services.trouver(petit).pk
    with pytest.raises(Probleme):
        services.trouver(gros)
    # Whoever is alone and too big is refused, and takes nothing away from those who wait.
    Lot.objects.update(etat=EtatDeLot.ATTENTE)
    with pytest.raises(Probleme) as refus:
        _deposer("d", b"x" * 900)
    assert refus.value.genre.code == "file_pleine"
    assert Lot.objects.count() == 2


def test_une_adresse_ne_tient_pas_la_file() -> None:
    for _ in range(services.EN_FILE_PAR_ADRESSE):
        _deposer("a", fini=False)
    with pytest.raises(Probleme, match="de la même adresse"):
        _deposer("a", fini=False)
    _deposer("b", fini=False)


def test_l_api_refuse_la_sixieme_en_attente_d_une_adresse_et_sert_les_autres(
    client: Client,
) -> None:
    origine = services.origine_de("2001:db8:1:2::1")
    for _ in range(services.EN_FILE_PAR_ADRESSE):
        _deposer(origine, fini=False)
    client.defaults["REMOTE_ADDR"] = "2001:db8:1:2:ffff::9"  # another of the same home
    refus = envoyer(client, "t.csv", TABLEAU)
    probleme(refus, "file_pleine")
    assert refus.headers["Retry-After"] == "300"
    client.defaults["REMOTE_ADDR"] = "2001:db8:1:3::1"
    jeton = envoyer(client, "t.csv", TABLEAU).json()["jeton"]
    assert attendre(client, jeton)["etat"] == "termine"


def test_l_adresse_n_est_gardee_que_sous_une_cle_du_jour() -> None:
    jour = datetime(2026, 11, 29, 12, tzinfo=UTC)
    with patch.object(timezone, "now", return_value=jour):
        ce_jour = services.origine_de("192.0.2.1")
        assert services.origine_de("::ffff:192.0.2.1") == ce_jour
        assert services.origine_de("192.0.2.2") != ce_jour
    with patch.object(timezone, "now", return_value=jour + timedelta(days=1)):
        assert services.origine_de("192.0.2.1") != ce_jour
    assert "192" not in ce_jour


def test_un_lot_fini_pese_ce_que_pesent_ses_fichiers(client: Client) -> None:
    jeton = envoyer(client, "t.csv", TABLEAU + b"pas une date\n").json()["jeton"]
    attendre(client, jeton)
    lot = Lot.objects.get()
    pesent = [fichiers.resultat(lot), fichiers.ecartes(lot)]
    assert lot.octets == sum(chemin.stat().st_size for chemin in pesent)
    assert client.get(f"{V1}/lots/{jeton}/resultat").getvalue()


def test_chaque_adresse_a_son_tour() -> None:
    tour = Tour()
    for origine, nombre in (("a", 3), ("b", 1), ("c", 2)):
        for _ in range(nombre):
            tour.entrer(Lot(origine=origine))
    ordre = "".join(tour.suivant().origine for _ in range(6))
    assert ordre == "abcaca"
    assert tour.occupe
    for _ in range(6):
        tour.sortir()
    assert not tour.occupe


def test_un_processus_qui_finit_dit_ses_lots_interrompus() -> None:
    mien, _ = _deposer("a", fini=False)
    ailleurs, _ = _deposer("a", fini=False)
    Lot.objects.filter(pk=ailleurs.pk).update(porteur="ailleurs")
    services.interrompre()
    etats: dict[int, Any] = dict(Lot.objects.values_list("pk", "etat"))
    assert etats == {mien.pk: EtatDeLot.INTERROMPU, ailleurs.pk: EtatDeLot.ATTENTE}


FINIR = """
import os, sys, time, django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from binome.api import services, travail
from binome.api.models import Lot
from binome.regles.courante import base_courante
lignes = b"2026-01-15,ide\\n" * 190_000
lot, _ = services.creer([b"date_entree,diplomes\\n" + lignes], ".csv", base_courante())
travail.confier(lot)
while Lot.objects.get().lues == 0:
    time.sleep(0.05)
print("finit", flush=True)
"""
LIRE = """
import django
django.setup()
from binome.api.models import Lot
print(Lot.objects.get().etat)
"""


@pytest.mark.long(20)
@pytest.mark.sqlite
def test_la_fin_du_serveur_n_attend_pas_un_lot(tmp_path: Path) -> None:
    environ = {
        **os.environ,
        "BINOME_DONNEES": str(tmp_path),
        "BINOME_DEMONSTRATION": "1",
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "binome.socle.reglages",
    }
    with subprocess.Popen(
        [sys.executable, "-c", FINIR],
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as serveur:
        assert serveur.stdout is not None
        assert serveur.stdout.readline() == b"finit\n"
        debut = time.monotonic()
        assert serveur.wait(15) == 0
        assert time.monotonic() - debut < 5
    lu = subprocess.run(
        [sys.executable, "-c", LIRE], env=environ, capture_output=True, check=True
    ).stdout
    assert lu.split()[-1] == b"interrompu"
