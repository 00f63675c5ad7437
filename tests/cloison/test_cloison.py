"""The wall: nothing goes through it but what is written, within limits, and only so many stand behind it."""

from __future__ import annotations

import json
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from threading import BoundedSemaphore, Thread
from typing import Any

import pytest
from click.testing import CliRunner

import binome
from binome.cli.cloison import PROTECTIONS, REMEDES, commande
from binome.cloison import lancement, reglages
from binome.cloison.bornes import MO, Bornes
from binome.cloison.lancement import Tombe, lancer, lire
from binome.cloison.places import CloisonPleine, File

RUSES = "tests.cloison.ruses"
COURT = Bornes(memoire=300 * MO, calcul=1, duree=1, sortie=3 * MO)


A_FROID = lancement.demarrer
"""As a site starts them: read before the suite forks them from a program already loaded."""


@pytest.fixture(autouse=True)
def dossier_a_part(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(lancement, "demarrer", A_FROID)
    monkeypatch.setenv("BINOME_DONNEES", str(tmp_path))
    return tmp_path


def test_ce_qui_entre_ressort() -> None:
    assert lire(RUSES, "rendre", entree=b"abc" * 10_000) == b"abc" * 10_000


@pytest.mark.parametrize(
    ("module", "mots", "rendu"),
    [
        ("binome.depot.lecteur", ["pdf"], b'{"refus": "abime"}'),
        ("binome.depot.archive", ["noms"], b'"refus"'),
        ("binome.lots.lecteur", [".csv", "essai.csv"], b"rien de lisible"),
    ],
)
def test_un_lecteur_demarre_a_froid_et_repond(module: str, mots: list[str], rendu: bytes) -> None:
    assert rendu in lire(module, *mots, entree=b"rien de lisible")


def test_rien_de_la_machine_n_est_a_portee(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BINOME_SECRET", "secret")
    with socket.create_server(("127.0.0.1", 0)) as ecoute:
        vu: dict[str, Any] = json.loads(lire(RUSES, "regarder", str(ecoute.getsockname()[1])))
    assert set(vu["environnement"]) <= {"PYTHONPATH", "PATH", "LC_CTYPE"}
    assert vu["dossier"] == "/"
    assert len(vu["descripteurs"]) <= 4  # the three standard ones, and the folder being listed
    tenues: dict[str, bool] = json.loads(lire("binome.cloison.constat"))
    if sys.platform == "linux":
        assert tenues["parent"]
        assert tenues["privileges"]
    if tenues["appels"]:
        assert vu["programme"] == "PermissionError"
    if tenues["reseau"] or tenues["appels"]:
        assert vu["reseau"] != "fait"


@pytest.mark.parametrize(
    ("ruse", "duree", "cause"),
    [
        ("memoire", 30, "code 1"),
        ("tourner", 30, "temps de calcul"),
        ("dormir", 1, "dépassé son temps"),
        ("ecrire", 30, "code 1"),
        ("avorter", 30, "mémoire"),
    ],
)
def test_ce_qui_depasse_est_arrete(ruse: str, duree: int, cause: str) -> None:
    with pytest.raises(Tombe, match=cause):
        lancer(RUSES, ruse, bornes=replace(COURT, duree=duree))


def test_un_lecteur_meurt_avec_qui_l_a_lance() -> None:
    if sys.platform != "linux":
        pytest.skip("Linux only")
    code = f"from binome.cloison.lancement import lancer; lancer({RUSES!r}, 'dormir')"
    chemins = os.pathsep.join(filter(None, sys.path))
    with subprocess.Popen(
        [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": chemins}
    ) as parent:
        enfants = Path(f"/proc/{parent.pid}/task/{parent.pid}/children")
        fin = time.monotonic() + 10
        while not (lus := enfants.read_text().split()) and time.monotonic() < fin:
            time.sleep(0.02)
        assert lus
        time.sleep(0.3)
        parent.kill()
    fin = time.monotonic() + 5
    while _vit(int(lus[0])) and time.monotonic() < fin:
        time.sleep(0.02)
    assert not _vit(int(lus[0]))


def _vit(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_ce_qui_se_fait_pendant_peut_tout_arreter() -> None:
    fois: list[int] = []

    def pendant() -> None:
        fois.append(1)
        raise KeyError("assez")

    with pytest.raises(KeyError):
        lancer(RUSES, "dormir", pendant=pendant)
    assert fois == [1]


def test_les_places_se_partagent_et_l_attente_a_une_fin(dossier_a_part: Path) -> None:
    file = File("essai", lambda: 2, 0.2)
    with file.place(), file.place():
        debut = time.monotonic()
        with pytest.raises(CloisonPleine, match="Recommencez dans une minute"), file.place():
            pass
        assert 0.2 <= time.monotonic() - debut < 2
    with file.place():
        assert len(list((dossier_a_part / "execution").glob("essai-*"))) == 2


def test_une_place_ne_touche_pas_au_hasard_que_tous_partagent() -> None:
    avant = random.getstate()
    with File("essai", lambda: 9, 1).place():
        pass
    assert random.getstate() == avant


def test_une_place_revient_quand_son_tenant_est_tue() -> None:
    code = (
        "import time; from binome.cloison.places import File\n"
        "with File('essai', lambda: 1, 1).place(): print('tenue', flush=True); time.sleep(60)"
    )
    file = File("essai", lambda: 1, 0.1)
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as tenant:
        assert tenant.stdout is not None
        assert tenant.stdout.readline() == b"tenue\n"
        with pytest.raises(CloisonPleine), file.place():
            pass
        tenant.kill()
    with file.place():
        pass


def test_un_processus_n_y_met_que_la_moitie_de_ses_fils() -> None:
    file = File("essai", lambda: 9, 5, BoundedSemaphore(1))
    refus: list[BaseException] = []

    def second() -> None:
        try:
            with file.place():
                pass
        except CloisonPleine as occupe:
            refus.append(occupe)

    with file.place():
        fil = Thread(target=second)
        fil.start()
        fil.join(2)
    assert len(refus) == 1
    with file.place():
        pass


def test_sans_dossier_pour_les_verrous_la_lecture_continue(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "fichier").write_text("")
    monkeypatch.setenv("BINOME_DONNEES", str(tmp_path / "fichier"))
    assert lire(RUSES, "rendre", entree=b"x") == b"x"


def test_les_reglages_ont_des_defauts(monkeypatch: pytest.MonkeyPatch) -> None:
    assert reglages.places() == max(2, reglages.coeurs())
    monkeypatch.setenv("BINOME_CLOISON_PLACES", "7")
    assert reglages.places() == 7
    assert reglages.utilisateur() == "nobody"


@pytest.mark.skipif(
    os.getuid() != 0 or shutil.which("python3", path="/usr/bin:/usr/local/bin") is None,
    reason="root, and a Python that everybody may read",
)
def test_root_lit_sous_un_autre_nom() -> None:
    """With the system's Python and a copy of the code that everybody may read, as once installed."""
    python = shutil.which("python3", path="/usr/bin:/usr/local/bin")
    assert python is not None
    with tempfile.TemporaryDirectory() as dossier:
        Path(dossier).chmod(0o755)
        shutil.copytree(
            Path(binome.__file__).parent / "cloison", Path(dossier) / "binome" / "cloison"
        )
        (Path(dossier) / "binome" / "__init__.py").write_text("")
        for fait in Path(dossier).rglob("*"):  # whatever the umask of who runs the tests
            fait.chmod(0o755)
        sortie = subprocess.run(
            [python, "-m", "binome.cloison", Bornes().en_texte(), str(os.getpid()), "nobody",
             "binome.cloison.constat"],
            env={"PYTHONPATH": dossier}, capture_output=True, check=True, cwd="/",
        )  # fmt: skip
    assert json.loads(sortie.stdout)["utilisateur"] is True


def test_la_commande_dit_que_faire_de_ce_qui_ne_tient_pas() -> None:
    """Each « non » that a person may mend is followed by how; a « oui » by nothing."""
    dites = CliRunner().invoke(commande).output.splitlines()
    for nom, remede in REMEDES.items():
        tenue = f"oui : {PROTECTIONS[nom]}" in dites
        assert (f"      {remede}" in dites) is not tenue
