"""The database as the processes open it: bounded waits, private files, nothing shared by a fork."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, connection, transaction

from binome.socle.bases_de_donnees import FILS, base_de_donnees
from binome.socle.delais import COURTS
from binome.socle.donnees import proteger
from binome.socle.empechements import OCCUPEE, empechement

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.postgresql

sur_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'")
POSTGRESQL = "postgresql://moi:secret@machine:5433/base"


def test_la_piscine_suffit_aux_fils_et_n_attend_pas() -> None:
    base = base_de_donnees(POSTGRESQL, Path("ailleurs"), COURTS)
    piscine = base["OPTIONS"]["pool"]
    assert piscine["max_size"] >= FILS
    assert (piscine["timeout"], base["CONN_HEALTH_CHECKS"]) == (5.0, True)
    assert "-c lock_timeout=8000" in base["OPTIONS"]["options"]


def test_les_pages_ont_les_delais_courts() -> None:
    code = (
        "import os; os.environ['BINOME_DEMONSTRATION'] = '1'; import binome.socle.wsgi;"
        "from django.conf import settings; m = os.umask(0);"
        "print(m, settings.DATABASES['default']['OPTIONS'].get('timeout'))"
    )
    env = {un: os.environ[un] for un in os.environ if not un.startswith(("DATABASE", "DJANGO"))}
    dit = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True
    )
    assert dit.stdout.split() == [str(0o077), "8.0"]


@sur_postgresql
@pytest.mark.django_db
@pytest.mark.parametrize(
    "borne", ["statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"]
)
def test_postgresql_connait_les_bornes(borne: str) -> None:
    with connection.cursor() as curseur:
        curseur.execute("SELECT current_setting(%s)", [borne])
        assert curseur.fetchone()[0] not in {"0", ""}


@sur_postgresql
@pytest.mark.django_db
def test_un_ordre_trop_long_est_dit_en_mots() -> None:
    with pytest.raises(DatabaseError) as leve, transaction.atomic(), connection.cursor() as curseur:
        curseur.execute("SET LOCAL statement_timeout = 20; SELECT pg_sleep(5)")
    assert empechement(leve.value) is OCCUPEE


def test_le_dossier_et_la_base_sont_a_leur_seul_proprietaire(tmp_path: Path) -> None:
    dossier = tmp_path / "donnees"
    dossier.mkdir(mode=0o755)
    for nom in ("binome.sqlite3", "binome.sqlite3-wal"):
        (dossier / nom).touch(mode=0o644)
    proteger(dossier)
    assert stat.S_IMODE(dossier.stat().st_mode) == 0o700
    assert {stat.S_IMODE(un.stat().st_mode) for un in dossier.iterdir()} == {0o600}


@pytest.mark.sqlite
def test_un_premier_demarrage_ne_laisse_rien_a_lire_aux_autres(tmp_path: Path) -> None:
    code = (
        "import os; os.umask(0o022); from binome.cli.serveur import brancher; brancher();"
        "from django.conf import settings; from binome.socle.donnees import proteger;"
        "proteger(settings.DONNEES); from django.db import connection;"
        "connection.cursor().execute('CREATE TABLE essai (x)'); from os import stat;"
        "print(*sorted({oct(un.stat().st_mode & 0o777) for un in settings.DONNEES.glob('*')}))"
    )
    env = {**os.environ, "BINOME_DONNEES": str(tmp_path / "d"), "DATABASE_URL": "",
           "BINOME_DEMONSTRATION": "1", "DJANGO_SETTINGS_MODULE": "binome.socle.reglages"}  # fmt: skip
    dit = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True
    )
    assert dit.stdout.split() == ["0o600"]
    assert stat.S_IMODE((tmp_path / "d").stat().st_mode) == 0o700


def _dans_un_enfant(tache: Callable[[], bytes]) -> bytes:
    """What the task gives in a process forked from this one; empty when it falls or hangs."""
    lecture, ecriture = os.pipe()
    enfant = os.fork()
    if enfant == 0:
        try:
            os.write(ecriture, tache())
        finally:
            os._exit(0)
    os.close(ecriture)
    fin = time.monotonic() + 10
    while os.waitpid(enfant, os.WNOHANG)[0] == 0:
        if time.monotonic() > fin:
            os.kill(enfant, 9)
            os.waitpid(enfant, 0)
            break
        time.sleep(0.01)
    with os.fdopen(lecture, "rb") as tube:
        return tube.read()


@sur_postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_un_enfant_n_emploie_pas_les_prises_de_son_parent() -> None:
    def numero() -> bytes:
        with connection.cursor() as curseur:
            curseur.execute("SELECT pg_backend_pid()")
            return str(curseur.fetchone()[0]).encode()

    avant = numero()
    de_l_enfant = _dans_un_enfant(numero)
    assert de_l_enfant not in {b"", avant}
    assert numero() == avant
