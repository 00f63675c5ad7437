"""What is on its way lies in the data folder, and what a kill left of it is taken away."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import load_handler
from django.test import RequestFactory

from binome.socle import transit
from binome.travaux import TRAVAUX

if TYPE_CHECKING:
    from datetime import timedelta

    from pytest_django import Settings

pytestmark = pytest.mark.postgresql

TENIR = """
import sys, time
from pathlib import Path
from django.conf import settings
settings.configure(DONNEES=sys.argv[1], FILE_UPLOAD_TEMP_DIR=sys.argv[2])
from binome.socle import transit
with transit.dossier_en_transit() as dossier, transit.place_a_part() as copie:
    for lieu in (dossier, copie):
        (lieu / "recu.xlsx").write_text("Léa Exemple")
    print("là", flush=True)
    time.sleep(60)
"""


@pytest.fixture(autouse=True)
def donnees(tmp_path: Path, settings: Settings) -> Path:
    """A data folder of the test's own."""
    settings.DONNEES = tmp_path
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "transit"
    return tmp_path


@pytest.fixture
def laisses(donnees: Path) -> list[Path]:
    """The files of a process that was killed in the middle."""
    mots = [sys.executable, "-c", TENIR, str(donnees), str(donnees / "transit")]
    with subprocess.Popen(mots, stdout=subprocess.PIPE) as tue:
        assert tue.stdout is not None
        assert tue.stdout.readline() == "là\n".encode()
        tue.send_signal(signal.SIGKILL)
    return sorted(donnees.rglob("recu.xlsx"))


def _vieillir(chemin: Path, age: timedelta) -> None:
    instant = time.time() - age.total_seconds() - 1
    os.utime(chemin, (instant, instant))


def test_ce_qu_un_arret_laisse_est_ote_en_son_temps(donnees: Path, laisses: list[Path]) -> None:
    copie, recu = laisses
    assert copie.parent.name.startswith(transit.COPIE)
    assert transit.balayer() == 0, "they may still be of use"
    for un in laisses:
        _vieillir(un.parent, transit.ABANDON)
    assert transit.balayer() == 1
    assert not recu.exists()
    _vieillir(copie.parent, transit.ABANDON_D_UNE_COPIE)
    assert transit.balayer() == 1
    assert transit.balayer() == 0
    assert [un for un in donnees.rglob("*") if un.is_file()] == []
    assert "vider-le-transit" in {un.nom for un in TRAVAUX}


def test_un_grand_televersement_passe_par_la(donnees: Path, settings: Settings) -> None:
    fichier = SimpleUploadedFile("Léa Exemple.pdf", b"%PDF" + b"0" * 3_000_000)
    requete = RequestFactory().post("/", {"fichier": fichier})
    requete.upload_handlers = [load_handler(un, requete) for un in settings.FILE_UPLOAD_HANDLERS]
    recu: Any = requete.FILES["fichier"]
    assert Path(recu.temporary_file_path()).parent == donnees / "transit"
    assert (donnees / "transit").stat().st_mode & 0o077 == 0
    recu.close()
    assert list((donnees / "transit").iterdir()) == []
