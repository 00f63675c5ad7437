"""What is done before the server serves, and the processes that it then holds."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from binome.service import lancement, ouvrier

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def python_qui(code: str) -> tuple[str, ...]:
    """What stands for the program: a process of its own, that is given the same words."""
    return (sys.executable, "-S", "-c", code)


def test_la_preparation_est_un_processus_qui_finit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recu = tmp_path / "recu"
    noter = f"import sys; open({str(recu)!r}, 'w').write(' '.join(sys.argv[1:]) + sys.stdin.read())"
    monkeypatch.setattr(lancement, "PYTHON", python_qui(noter))
    lancement.preparer("serve")
    assert recu.read_text() == "binome serve --preparer", "its standard input is closed"


@pytest.mark.parametrize(
    ("code", "sortie"),
    [("raise SystemExit(3)", 3), ("import os; os.kill(os.getpid(), 9)", 1)],
)
def test_une_preparation_refusee_arrete_tout_avec_son_code(
    monkeypatch: pytest.MonkeyPatch, code: str, sortie: int
) -> None:
    monkeypatch.setattr(lancement, "PYTHON", python_qui(code))
    with pytest.raises(SystemExit) as fin:
        lancement.preparer("serve")
    assert fin.value.code == sortie


DIRE = """
import json, os, sys
environnement = {un: os.environ.get(un) for un in
    ("BINOME_BASE_PROPRIETAIRE", "PROMETHEUS_MULTIPROC_DIR", "_RJEM_MALLOC_CONF")}
os.write(2, (json.dumps([sys.argv[1:], environnement]) + "\\n").encode())
sys.stdin.read()
"""
TENIR = f"""
import socket, sys
from binome.service import lancement
lancement.PYTHON = (sys.executable, "-S", "-c", {DIRE!r})
prise = socket.create_server(("127.0.0.1", 0))
print(prise.fileno(), flush=True)
lancement.tenir(prise, ouvriers=2)
"""


@pytest.mark.parametrize("jeton", ["", "un-jeton-assez-long-pour-les-chiffres"])
def test_le_serveur_tient_ses_ouvriers_et_les_travaux(tmp_path: Path, jeton: str) -> None:
    env = {
        **os.environ, "BINOME_DONNEES": str(tmp_path), "BINOME_METRIQUES_JETON": jeton,
        "BINOME_BASE_PROPRIETAIRE": "postgresql://proprietaire@localhost/binome",
    }  # fmt: skip
    with subprocess.Popen(
        [sys.executable, "-c", TENIR], env=env, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as serveur:  # fmt: skip
        try:
            assert serveur.stdout is not None
            assert serveur.stderr is not None
            prise = serveur.stdout.readline().strip()
            dits = [json.loads(serveur.stderr.readline()) for _ in range(3)]
            serveur.send_signal(signal.SIGTERM)
            assert serveur.wait(20) == 0
        finally:
            serveur.kill()
    attendu = ["binome.service.ouvrier", "--prise", prise]
    assert sorted(mots for mots, _ in dits) == [
        ["binome", "travaux", "--avec-le-serveur"], attendu, attendu,
    ]  # fmt: skip
    for _, environnement in dits:
        assert environnement["BINOME_BASE_PROPRIETAIRE"] is None, "who serves owns nothing"
        assert "dirty_decay_ms" in environnement["_RJEM_MALLOC_CONF"]
        lieu = environnement["PROMETHEUS_MULTIPROC_DIR"]
        assert lieu == (str(tmp_path / "metriques") if jeton else None)
    assert (tmp_path / "metriques").is_dir() is bool(jeton)


@pytest.fixture
def journal_de_waitress() -> Iterator[logging.Logger]:
    """The logger of the server's library, given back as it was."""
    journal = logging.getLogger("waitress")
    avant, filtres = journal.level, list(journal.filters)
    yield journal
    journal.setLevel(avant)
    journal.filters = filtres


def test_le_journal_ne_repete_pas_l_adresse_demandee(
    journal_de_waitress: logging.Logger, caplog: pytest.LogCaptureFixture
) -> None:
    ouvrier.se_taire()
    journal_de_waitress.warning("Invalid header for %s", "/simulateur/?age=34")
    journal_de_waitress.error("Exception while serving %s", "/simulateur/?age=34")
    assert [un.getMessage() for un in caplog.records] == [
        "Une faute empêche le serveur de répondre."
    ]
    assert "age" not in caplog.text


OUVRIR = """
import resource
from binome.service.ouvrier import ouvrir_les_fichiers
dure = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (256, dure))
voulue = ouvrir_les_fichiers()
assert resource.getrlimit(resource.RLIMIT_NOFILE) == (voulue, dure), (voulue, dure)
assert voulue > 256
"""


def test_un_ouvrier_ouvre_autant_de_fichiers_que_le_systeme_le_permet() -> None:
    fini = subprocess.run([sys.executable, "-c", OUVRIR], capture_output=True, check=False)
    assert (fini.returncode, fini.stderr) == (0, b"")
