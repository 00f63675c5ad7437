"""The subjects of commits, on real histories."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest
from outils.sujets import LONGUEUR, faute, lire, main

if TYPE_CHECKING:
    from pathlib import Path

BON = "Tell a fact from what defines it"


def git(dossier: Path, *arguments: str) -> None:
    """The same day for all: one after which subjects are read."""
    qui = ["-c", "user.name=Alice", "-c", "user.email=alice@exemple.fr"]
    subprocess.run(
        ["git", "-C", str(dossier), *qui, *arguments],
        env={**os.environ, "GIT_COMMITTER_DATE": "2027-03-01T12:00:00+00:00"},
        check=True,
        capture_output=True,
    )


@pytest.fixture
def depot(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q")
    git(tmp_path, "commit", "--allow-empty", "-qm", BON)
    return tmp_path


@pytest.mark.parametrize(
    ("sujet", "dit"),
    [
        ("é" * LONGUEUR, None),
        ("é" * (LONGUEUR + 1), "73 caractères"),
        ("WIP pages", "pas fini"),
        ("fixup! Tell a fact", "pas fini"),
        ("Wipe the disk of a test", None),
    ],
)
def test_un_sujet_se_lit_dans_une_liste(sujet: str, dit: str | None) -> None:
    trouvee = faute(sujet)
    assert trouvee is None if dit is None else dit in str(trouvee)


def test_une_histoire_se_lit_et_se_refuse(depot: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert lire(depot) == [BON]
    assert main(depot) == 0
    git(depot, "commit", "--allow-empty", "-qm", "WIP matrix")
    assert main(depot) == 1
    assert "un travail pas fini : WIP matrix" in capsys.readouterr().out


def test_ce_qui_est_d_avant_reste(depot: Path) -> None:
    assert lire(depot, "2027-03-02T00:00:00+00:00") == []


def test_un_clone_sans_passe_se_lit_aussi(depot: Path, tmp_path: Path) -> None:
    git(depot, "commit", "--allow-empty", "-qm", "Say it once")
    court = tmp_path / "court"
    git(depot, "clone", "-q", "--depth", "1", f"file://{depot}", str(court))
    assert lire(court) == ["Say it once"]
    assert main(court) == 0


def test_sans_histoire_rien_n_est_dit_bon(tmp_path: Path) -> None:
    assert main(tmp_path / "rien") == 2
