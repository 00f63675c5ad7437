"""Backup and restoration drilled: every table compared, writers at work, damage refused."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tarfile
from threading import Event, Thread
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.conf import settings as reglages
from django.db import connection

from binome.comptes.acteur import Acteur
from binome.dossiers.etagere import PIECES
from binome.dossiers.services import ouvrir
from binome.socle.sauvegarde import Impossible, compter, sauvegarder, tables
from tests.dossiers.monde import Monde, construire, depose, joindre

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.django_db(transaction=True)
LIRE = """
import json, sys
from binome.cli.serveur import brancher
brancher()
from django.db import connection
from binome.journal.chaine import verifier
from tests.socle.test_sauvegarde import contenu
print(json.dumps({"tables": contenu(), "journal": str(verifier())}))
"""


def contenu() -> dict[str, list[str]]:
    """Every row of every table, as text, in an order of its own."""
    lus = {}
    with connection.cursor() as curseur:
        for table in tables():
            if table == "django_migrations":
                continue
            curseur.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - our tables
            lus[table] = sorted(repr([str(un) for un in ligne]) for ligne in curseur.fetchall())
    return lus


@pytest.fixture
def monde(tmp_path: Path, settings: Any) -> Monde:
    """The made-up world, with a document on its shelf."""
    settings.MEDIA_ROOT = tmp_path / "fichiers"
    monde = construire()
    piece = joindre(monde, depose(monde), "diplomes")
    piece.fichier = PIECES.ranger(b"%PDF un document", "pdf")
    piece.save(update_fields=["fichier"])
    return monde


@pytest.fixture
def ailleurs(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of an empty machine, of the same kind of database."""
    env = {nom: un for nom, un in os.environ.items() if nom != "DJANGO_SETTINGS_MODULE"}
    env |= {"BINOME_DEMONSTRATION": "1", "BINOME_DONNEES": str(tmp_path / "ailleurs")}
    if connection.vendor == "sqlite":
        yield {**env, "DATABASE_URL": ""}
        return
    ici = connection.settings_dict
    nom = f"ailleurs_{uuid4().hex}"
    with connection.cursor() as curseur:
        curseur.execute(f"CREATE DATABASE {nom}")
    yield {**env, "DATABASE_URL": f"postgresql://{ici['USER']}@/{nom}?host={ici['HOST']}"}
    with connection.cursor() as curseur:
        curseur.execute(f"DROP DATABASE {nom} WITH (FORCE)")


def lancer(env: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], env=env, capture_output=True, text=True, check=False
    )


def test_tout_se_retrouve_dans_une_machine_vide(
    monde: Monde, ailleurs: dict[str, str], tmp_path: Path
) -> None:
    archive = tmp_path / "tout.tar"
    bilan = sauvegarder(archive)
    assert bilan.fichiers == 1
    assert archive.stat().st_mode & 0o077 == 0
    refait = lancer(ailleurs, "-m", "binome", "restaurer", str(archive))
    assert refait.returncode == 0, refait.stderr
    lu = json.loads(lancer(ailleurs, "-c", LIRE).stdout)
    assert lu["journal"] == "None"
    assert lu["tables"] == contenu()
    retrouves = [un.read_bytes() for un in (tmp_path / "ailleurs").rglob("pieces/*.pdf")]
    assert retrouves == [b"%PDF un document"]
    # Once there, it is no longer an empty machine.
    encore = lancer(ailleurs, "-m", "binome", "restaurer", str(archive))
    assert encore.returncode == 2
    assert "Cette base a déjà servi" in encore.stderr
    assert "Traceback" not in encore.stderr


def test_on_sauvegarde_pendant_que_l_on_ecrit(
    monde: Monde, ailleurs: dict[str, str], tmp_path: Path
) -> None:
    fini, ecrits = Event(), []

    def ecrire() -> None:
        with contextlib.closing(connection):
            while not fini.is_set():
                ecrits.append(ouvrir(monde.organisme, Acteur(monde.alice), exemple=True).pk)

    fil = Thread(target=ecrire)
    fil.start()
    archives = [tmp_path / f"{rang}.tar" for rang in range(3)]
    try:
        for archive in archives:
            sauvegarder(archive)
    finally:
        fini.set()
        fil.join()
    assert ecrits
    refait = lancer(ailleurs, "-m", "binome", "restaurer", str(archives[1]))
    assert refait.returncode == 0, refait.stderr
    lu = json.loads(lancer(ailleurs, "-c", LIRE).stdout)
    assert lu["journal"] == "None"
    # One instant: each dossier that is there has its entry in the journal, and no entry has none.
    ouverts = [un for un in lu["tables"]["journal_entree"] if "dossier.ouvrir" in un]
    assert len(ouverts) == len(lu["tables"]["dossiers_dossier"])


@pytest.mark.parametrize("degat", ["coupee", "touchee", "autre", "grimpante"])
def test_une_archive_abimee_ne_change_rien(
    monde: Monde, ailleurs: dict[str, str], tmp_path: Path, degat: str
) -> None:
    archive = tmp_path / "tout.tar"
    sauvegarder(archive)
    octets = bytearray(archive.read_bytes())
    if degat == "coupee":
        del octets[len(octets) // 2 :]
    elif degat == "touchee":
        octets[octets.rindex(b"un document")] ^= 1
    elif degat == "autre":
        octets = bytearray(b"ceci n'est pas une sauvegarde")
    archive.write_bytes(octets)
    if degat == "grimpante":
        with tarfile.open(archive, "a") as tar:
            tar.add(__file__, "fichiers/../../../evasion.py")
    refus = lancer(ailleurs, "-m", "binome", "restaurer", str(archive))
    assert refus.returncode == 2
    assert "abîmée ou n’est pas une sauvegarde" in refus.stderr
    assert not list((tmp_path / "ailleurs").rglob("*.pdf"))


def test_une_sauvegarde_n_en_ecrase_pas_une_autre(monde: Monde, tmp_path: Path) -> None:
    archive = tmp_path / "tout.tar"
    sauvegarder(archive)
    with pytest.raises(Impossible, match="existe déjà"):
        sauvegarder(archive)
    assert not list(tmp_path.glob("*.partiel"))
    assert compter()["dossiers_dossier"] == 1
    assert str(reglages.MEDIA_ROOT).startswith(str(tmp_path))
