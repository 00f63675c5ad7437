"""A full disk, a disk or a database that only reads: said in a sentence, and nothing is harmed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from binome.dossiers.models import Dossier
from binome.socle.empechements import LECTURE_SEULE, OCCUPEE, PLEIN, empechement
from tests.dossiers.monde import Monde, brouillon, construire
from tests.matrice.lecture_seule import lecture_seule

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.postgresql

# A disk of its own, which goes away with the process and never shows outside of it.
DISQUE = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-ec"]
MONTER = 'mount -t tmpfs -o size="$TAILLE" tmpfs "$BINOME_DONNEES"; exec "$@"'
TETE = """
import os, socket, subprocess, sys
from pathlib import Path
from binome.cli.serveur import ouvrir_la_base
ouvrir_la_base()
from django.db import connection
from django.test import Client
from binome.dossiers.models import Dossier
from binome.journal.chaine import verifier
from binome.journal.models import Entree
from tests.dossiers.monde import brouillon, construire

DONNEES = Path(os.environ["BINOME_DONNEES"])
def lancer(*suite):
    return subprocess.run(
        [sys.executable, "-m", "binome", *suite], capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": os.getcwd()})
def texte(reponse):
    return " ".join(reponse.content.decode().replace("\\xa0", " ").replace("\\u202f", " ").split())
def pret():
    from binome.courrier.battements import Pouls
    from binome.site import sante
    from binome.socle.sondes import interroger
    Pouls([]).battre()
    for une in sante.SONDES:
        une._fraicheur = 0
    return interroger(sante.SONDES)
def sain():
    with connection.cursor() as curseur:
        curseur.execute("PRAGMA integrity_check")
        assert curseur.fetchall() == [("ok",)]
    assert verifier() is None
    assert not list(DONNEES.rglob("*.partiel")), list(DONNEES.rglob("*"))
    return Dossier.objects.count(), Entree.objects.count()
"""
PLEIN_PUIS_RENDU = """
monde = construire()
dossier = brouillon(monde)
client = Client(raise_request_exception=False, headers={"Host": "localhost"})
client.force_login(monde.alice)
avant = sain()
bourrage = DONNEES / "bourrage"
with bourrage.open("wb", buffering=0) as fichier:
    for taille in (1 << 16, 1 << 12, 1):
        try:
            while fichier.write(b"0" * taille):
                pass
        except OSError:
            pass
assert pret()["disque"] == "plein", pret()
refuses = []
for _ in range(60):
    reponse = client.post("/espace/dossiers/nouveau/",
        {"prenom": "Léa", "nom": "Exemple", "date_naissance": "1984-05-03"})
    refuses.append(reponse.status_code)
assert refuses[-1] == 507, refuses
assert "Le disque est plein" in texte(reponse)
assert "n’est pas enregistré" in texte(reponse)
assert reponse.headers["Retry-After"]
gardes = refuses.count(302)
assert set(refuses) <= {302, 507}, refuses
# What only reads goes on.
assert client.get(f"/espace/dossiers/{dossier.reference}/").status_code == 200
assert sain()[0] == avant[0] + gardes
refus = lancer("sauvegarder", str(DONNEES / "tout.tar"))
assert refus.returncode == 2, refus
assert "Le disque est plein" in refus.stderr, refus.stderr
assert "Traceback" not in refus.stderr
assert not list(DONNEES.glob("*.tar*")) and not list(DONNEES.glob(".sauvegarde*"))
bourrage.unlink()
reponse = client.post("/espace/dossiers/nouveau/",
    {"prenom": "Léa", "nom": "Exemple", "date_naissance": "1984-05-03"})
assert reponse.status_code == 302
assert sain()[0] == avant[0] + gardes + 1
assert lancer("sauvegarder", str(DONNEES / "tout.tar")).returncode == 0
print("entier")
"""
EN_LECTURE = """
construire()
avant = sain()
connection.close()
subprocess.run(["mount", "-o", "remount,ro", str(DONNEES)], check=True)
with socket.socket() as prise:
    prise.bind(("127.0.0.1", 0))
    libre = prise.getsockname()[1]
dits = pret()
assert dits["disque"] == "n’écrit pas" and dits["base"], dits
for suite in (["travaux", "--une-fois"], ["serve", "--port", str(libre)], ["sauvegarder", str(DONNEES / "a")]):
    refus = lancer(*suite)
    assert refus.returncode == 2, (suite, refus)
    assert "Traceback" not in refus.stderr
    assert "recommencez" in refus.stderr, refus.stderr
subprocess.run(["mount", "-o", "remount,rw", str(DONNEES)], check=True)
assert sain() == avant
assert lancer("travaux", "--une-fois").returncode == 0
print("entier")
"""


def _sur_un_disque(code: str, donnees: Path, taille: str) -> None:
    """Runs a program on a small disk of its own."""
    donnees.mkdir()
    env = {
        **os.environ,
        "BINOME_DEMONSTRATION": "1",
        "BINOME_DONNEES": str(donnees),
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "tests.reglages",
        "TAILLE": taille,
        "BINOME_PLACE_MINIMALE": "0",
    }
    if (
        not shutil.which("unshare")
        or subprocess.run(
            [*DISQUE, MONTER, "-", "true"], env=env, capture_output=True, check=False
        ).returncode
    ):
        pytest.skip("ce système ne donne pas de disque à part")
    fini = subprocess.run(
        [*DISQUE, MONTER, "-", sys.executable, "-c", TETE + code],
        env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (fini.returncode, fini.stdout.strip()) == (0, "entier"), fini.stderr[-4000:]


@pytest.mark.long(10)
@pytest.mark.sqlite
def test_un_disque_plein_est_dit_et_n_abime_rien(tmp_path: Path) -> None:
    _sur_un_disque(PLEIN_PUIS_RENDU, tmp_path / "disque", "8m")


@pytest.mark.long(8)
@pytest.mark.sqlite
def test_un_disque_en_lecture_est_dit_et_n_abime_rien(tmp_path: Path) -> None:
    _sur_un_disque(EN_LECTURE, tmp_path / "disque", "8m")


@pytest.fixture
def monde(db: None) -> Monde:
    """The made-up world."""
    return construire()


def test_une_base_en_lecture_repond_503_et_se_lit(monde: Monde) -> None:
    dossier = brouillon(monde)
    client = Client(raise_request_exception=False)
    client.force_login(monde.alice)
    with lecture_seule():
        assert client.get(f"/espace/dossiers/{dossier.reference}/").status_code == 200
    with transaction.atomic(), lecture_seule():
        reponse = client.post(
            f"/espace/dossiers/{dossier.reference}/gestes/deposer/", {"version": dossier.version}
        )
        transaction.set_rollback(True)
    assert reponse.status_code == 503
    assert "L’enregistrement est arrêté" in reponse.content.decode()
    assert Dossier.objects.get().etat == "brouillon"


@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'postgresql'")
@pytest.mark.parametrize(
    ("etat", "attendu"), [("53100", PLEIN), ("25006", LECTURE_SEULE), ("55P03", OCCUPEE)]
)
def test_ce_que_postgresql_refuse_est_reconnu(etat: str, attendu: object) -> None:
    with pytest.raises(DatabaseError) as leve, transaction.atomic(), connection.cursor() as curseur:
        curseur.execute(f"DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{etat}'; END $$")
    assert empechement(leve.value) is attendu


def test_une_faute_a_nous_reste_une_faute_a_nous() -> None:
    assert empechement(ValueError("faute")) is None
    assert empechement(FileNotFoundError(2, "absent")) is None
    assert empechement(None) is None
