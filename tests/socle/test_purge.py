"""What was erased is rewritten out of the files of the database, and what could not be is said."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from django.conf import settings
from django.db import connection, transaction

from binome.conservation.travail import purger_apres_un_effacement
from binome.journal import trousseau
from binome.journal.services import oublier
from binome.socle import purge
from binome.travaux import TRAVAUX
from tests.cli.terminal import lancer
from tests.effacement.fouille import fouiller, trouver

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import Settings

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]
sur_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'")
sur_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'")
MOT = {"mot": "purgezq5"}


@pytest.fixture
def table() -> Iterator[str]:
    """A table of the test's own, where a row was written, then deleted."""
    with connection.cursor() as curseur:
        if connection.vendor == "sqlite":
            curseur.execute("PRAGMA secure_delete=OFF")
        curseur.execute("CREATE TABLE a_purger (texte text)")
        curseur.execute("INSERT INTO a_purger VALUES (%s)", [MOT["mot"]])
        curseur.execute("DELETE FROM a_purger")
    yield "a_purger"
    with connection.cursor() as curseur:
        curseur.execute("DROP TABLE a_purger")


@sur_sqlite
def test_sqlite_est_reecrit_sans_ce_qui_etait_efface(table: str) -> None:
    base = Path(str(connection.settings_dict["NAME"]))
    connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    assert trouver(base.read_bytes(), MOT) == {"mot"}
    assert purge.purger().restes == ()
    connection.close()
    assert fouiller([base.parent], MOT) == {}


@sur_sqlite
@pytest.mark.skipif("not Path('/proc/self/fd').is_dir()")
def test_la_copie_du_moment_est_a_cote_des_donnees(table: str) -> None:
    with connection.cursor() as curseur:
        curseur.execute("INSERT INTO a_purger VALUES (hex(randomblob(4000000)))")
    lieux: set[Path] = set()

    def regarder() -> int:
        for lien in Path("/proc/self/fd").iterdir():
            cible = lien.readlink() if lien.is_symlink() else lien
            if "etilqs" in cible.name:
                lieux.add(cible.parent)
        return 0

    connection.connection.set_progress_handler(regarder, 1000)
    try:
        purge.purger()
    finally:
        connection.connection.set_progress_handler(None, 0)
    assert lieux == {settings.DONNEES}


def test_la_nuit_d_apres_un_effacement_les_fichiers_sont_reecrits(
    table: str, tmp_path: Path, settings: Settings
) -> None:
    settings.CLES, settings.EFFACEMENTS = tmp_path / "cles.sqlite3", tmp_path / "effacements.jsonl"
    perdue = trousseau.donner(["dossier:1", "dossier:2"])["dossier:1"]
    with contextlib.closing(sqlite3.connect(settings.CLES)) as autre, autre:
        autre.execute("PRAGMA secure_delete=OFF")  # as the gap of a page would keep it
        autre.execute("DELETE FROM cle WHERE sujet = 'dossier:1'")
    assert purger_apres_un_effacement() == 0, "nobody was erased"
    oublier("dossier:7", auteur="essai", motif="Essai")
    assert perdue in settings.CLES.read_bytes()
    assert purger_apres_un_effacement() == (2 if connection.vendor == "sqlite" else 1)
    assert perdue not in settings.CLES.read_bytes()
    assert trousseau.lire(["dossier:2"])
    if connection.vendor == "sqlite":
        base = Path(str(connection.settings_dict["NAME"]))
        connection.close()
        assert fouiller([base.parent], MOT) == {}
    with transaction.atomic():
        assert purger_apres_un_effacement() == 0
    assert "purger" in {un.nom for un in TRAVAUX}


@sur_sqlite
def test_ce_qui_est_efface_est_recouvert() -> None:
    with connection.cursor() as curseur:
        curseur.execute("PRAGMA secure_delete")
        assert curseur.fetchone() == (1,)


@sur_postgresql
def test_ce_qui_retient_des_valeurs_est_dit(table: str) -> None:
    ici = connection.settings_dict
    autre = f"host={ici['HOST']} user={ici['USER']} dbname={ici['NAME']}"
    assert any("wal_recycle = off" in un for un in purge.purger().restes), "as PostgreSQL comes"
    with psycopg.connect(autre) as qui_sert, connection.cursor() as curseur:
        qui_sert.execute("LOCK TABLE a_purger IN ACCESS SHARE MODE")
        curseur.execute("SET lock_timeout = '200ms'")
        try:
            restes = purge.purger().restes
        finally:
            curseur.execute("RESET lock_timeout")
    (dite,) = [un for un in restes if "a_purger" in un]
    assert "restée telle quelle" in dite


@sur_postgresql
def test_le_role_qui_sert_ne_purge_pas() -> None:
    with connection.cursor() as curseur:
        curseur.execute("CREATE ROLE essai_purge")
        try:
            curseur.execute("SET ROLE essai_purge")
            with pytest.raises(purge.PurgeImpossible, match="BINOME_BASE_PROPRIETAIRE"):
                purge.purger()
        finally:
            curseur.execute("RESET ROLE")
            curseur.execute("DROP ROLE essai_purge")


@pytest.mark.long(5)
@pytest.mark.sqlite
def test_la_commande_dit_ce_qu_elle_a_fait(tmp_path: Path) -> None:
    environ = {"BINOME_DEMONSTRATION": "1", "BINOME_DONNEES": str(tmp_path), "LC_ALL": "C.UTF-8"}
    refus = lancer("donnees", "purger", **environ)
    assert (refus.code, refus.sortie) == (3, "")
    assert "Il n’y a pas encore de base" in refus.erreur
    assert lancer("base", "migrer", **environ).code == 0
    fait = lancer("donnees", "purger", **environ)
    assert fait.code == 0, fait.erreur
    assert fait.sortie.endswith(
        "Rien de ce qui a été effacé ne reste dans les fichiers de la base.\n"
    )
