"""A folder of data that cannot be one, a file that is no database, what the system refuses: said in French."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Final

import pytest

from binome.systeme import raison
from tests.cli.terminal import lancer

REGLAGES: Final = {"BINOME_SECRET": "x1Y2z3" * 10}
SOURCES: Final = Path(__file__).parents[2] / "src" / "binome"


@pytest.mark.parametrize(
    ("lieu", "dit"),
    [
        pytest.param("fichier", "fichier n’est pas un dossier", marks=pytest.mark.long(2)),
        pytest.param("fichier/dedans", "fichier n’est pas un dossier", marks=pytest.mark.long(2)),
        pytest.param("/dev/null", "/dev/null n’est pas un dossier", marks=pytest.mark.long(2)),
        ("/proc/binome", "/proc ne garde aucun fichier"),
    ],
)
def test_un_dossier_de_donnees_qui_ne_peut_pas_l_etre(lieu: str, dit: str, tmp_path: Path) -> None:
    (tmp_path / "fichier").touch()
    reglages = {**REGLAGES, "BINOME_DONNEES": str(tmp_path / lieu)}
    refus = lancer("base", "migrer", **reglages)
    assert (refus.code, len(refus.fautes)) == (3, 1), refus.erreur
    assert dit in refus.erreur
    assert "Donnez un dossier dans BINOME_DONNEES." in refus.erreur
    examen = lancer("diagnostiquer", **reglages)
    assert dit in examen.sortie
    assert "base migrer" not in examen.sortie, "elle refuserait"


@pytest.mark.parametrize("combien", [1, pytest.param(4, marks=pytest.mark.long(5))])
def test_un_fichier_qui_n_est_pas_une_base(tmp_path: Path, combien: int) -> None:
    (tmp_path / "binome.sqlite3").write_bytes(os.urandom(100_000))
    reglages = {**REGLAGES, "BINOME_DONNEES": str(tmp_path)}
    for mots in (
        ["base", "migrer"],
        ["travaux", "--une-fois"],
        ["journal", "verifier"],
        ["sauvegarder", str(tmp_path / "rendu"), "--en-clair"],
    )[:combien]:
        refus = lancer(*mots, **reglages)
        assert (refus.code, len(refus.fautes)) == (2, 1), (mots, refus.erreur)
        assert "Le fichier de la base de données n’en est pas une" in refus.erreur, mots
        assert "binome restaurer" in refus.erreur
    assert "n’en est pas une" in lancer("diagnostiquer", **reglages).sortie


def test_le_systeme_refuse_en_francais() -> None:
    for code in errno.errorcode:
        erreur = OSError(code, os.strerror(code))
        assert os.strerror(code) not in raison(erreur)
        assert "None" not in raison(erreur)
    assert raison(OSError("words")) == "le système refuse (OSError)"
    assert raison(FileNotFoundError(errno.ENOENT, "")) == "ce fichier n’existe pas"
    assert "dossier" in raison(FileNotFoundError(errno.ENOENT, ""), ecriture=True)


def test_aucune_piece_ne_montre_les_mots_du_systeme() -> None:
    """Two raise a refusal of their own, with its words as the system gives them; the settings have theirs."""
    trouves = {
        str(chemin.relative_to(SOURCES))
        for chemin in SOURCES.rglob("*.py")
        if "strerror" in chemin.read_text("utf-8")
    }
    assert trouves <= {"lectures/cahier.py", "depot/quotas.py", "reglages/reglage.py"}


def test_les_commandes_le_disent(tmp_path: Path) -> None:
    ailleurs = tmp_path / "absent" / "cle"
    assert lancer("sauvegarde-cles", "lecture", ailleurs).fautes == [
        "sauvegarde-cles : le dossier où l’écrire n’existe pas"
    ]
    refus = lancer("regles", "verifier", "--base", tmp_path / "absent")
    assert "ce fichier n’existe pas ; attendu" in refus.erreur
