"""Every command on a fresh place: no data, no database, no setting. It answers, or says what to do."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
import pytest
from click.testing import CliRunner

from binome.cli.commandes import COMMANDES, PROJECTION, SITE, binome
from tests.cli.terminal import lancer, lancer_a_froid

if TYPE_CHECKING:
    from collections.abc import Iterator

RACINE: Final = Path(__file__).parents[2]
SANS_CLE: Final = "BINOME_SECRET manque : donnez une clé secrète"
SANS_BASE: Final = "Il n’y a pas encore de base dans"
QUESTIONS: Final = "les questions se posent dans un terminal"
LOT: Final = ("--lot", "absent.csv", "--sortie", "rendu.csv")
COMPTE: Final = ("a@exemple.fr", "--motif", "essai")

# Its words, then what it says without any setting, then once it has a secret: code and words.
USAGES: Final[dict[str, tuple[tuple[str, ...], tuple[int, str], tuple[int, str]]]] = {
    "demo": (("--port", "99999"), (2, "99999"), (2, "99999")),
    "profils": ((), (0, "✓"), (0, "✓")),
    "positionner": ((), (2, QUESTIONS), (2, QUESTIONS)),
    "financer": ((), (2, QUESTIONS), (2, QUESTIONS)),
    "aide": (LOT, (2, "absent.csv"), (2, "absent.csv")),
    "echeances": (("--json", "-"), (2, "entrée : elle est vide"), (2, "entrée : elle est vide")),
    "accrochage ecrire": (("--json", "-"), (2, "entrée : elle est vide"), (2, "entrée : elle est vide")),
    "accrochage lire": (("absent.xml",), (2, "absent.xml"), (2, "absent.xml")),
    "calendrier": ((), (2, "--debut : dites le premier jour"), (2, "--debut : dites le premier jour")),
    "projeter": (("--json", "-"), (2, "entrée : elle est vide"), (2, "entrée : elle est vide")),
    "regles lister": ((), (0, "règles, base sha256:"), (0, "règles, base sha256:")),
    "regles montrer": (("zut",), (2, "n’existe pas"), (2, "n’existe pas")),
    "regles verifier": (("--base", "zut"), (2, "zut"), (2, "zut")),
    "regles comparer": (("--au", "2026-01-15"), (2, "donnez deux dates"), (2, "donnez deux dates")),
    "regles rejouer": (
        ("--base", "courante", "--base", "courante+igas-8", "--lot", "absent.csv"),
        (2, "absent.csv"),
        (2, "absent.csv"),
    ),
    "regles couvrir": ((), (0, "# "), (0, "# ")),
    "regles imprimer": ((), (0, "# "), (0, "# ")),
    "regles exporter": ((), (0, "{"), (0, "{")),
    "certifications": ((), (0, "assistant-medical"), (0, "assistant-medical")),
    "taches": (("prise de sang",), (0, "sang"), (0, "sang")),
    "ecarts": ((), (0, "# Le registre des écarts"), (0, "# Le registre des écarts")),
    "exemples": (("--jour", "demain"), (2, "n’est pas une date"), (2, "n’est pas une date")),
    "travaux": (("--une-fois",), (3, SANS_CLE), (0, "sceller : 0")),
    "dossiers rejouer": (("--base", "courante"), (3, SANS_CLE), (0, "rejoués : 0")),
    "dossiers registre": ((), (3, SANS_CLE), (0, "# Registre des traitements")),
    "dossiers effacer-de-nouveau": ((), (3, SANS_CLE), (0, "Effacements refaits : 0")),
    "contrats essayer": (("--base", "courante"), (3, SANS_CLE), (0, "0 contrat compté")),
    "pilotage relever": ((), (3, SANS_CLE), (0, "Relevé n° 1")),
    "pilotage montrer": ((), (3, SANS_CLE), (3, SANS_BASE)),
    "comptes ouvrir": (
        ("--genre", "branche", "--organisation", "B", "--courriel", "a@exemple.fr",
         "--prenom", "A", "--nom", "B"),
        (3, SANS_CLE),
        (0, "B est ouverte"),
    ),
    "comptes facteurs-perdus": (COMPTE, (3, SANS_CLE), (2, "Aucun compte")),
    "comptes clore": (COMPTE, (3, SANS_CLE), (2, "Aucun compte")),
    "comptes confirmer-cabinet": (
        ("123", "--courriel", "a@exemple.fr", "--motif", "essai"),
        (3, SANS_CLE),
        (2, "ne répond pour aucun cabinet"),
    ),
    "comptes groupement": (
        ("G", "--cabinet", "123", "--du", "2026-01-05"),
        (3, SANS_CLE),
        (2, "Aucun groupement n’a ce nom"),
    ),
    "badges cles": ((), (3, SANS_CLE), (3, SANS_BASE)),
    "badges tourner": ((), (3, SANS_CLE), (3, SANS_BASE)),
    "journal verifier": ((), (3, SANS_CLE), (3, SANS_BASE)),
    "journal inventorier": (("--oui",), (3, SANS_CLE), (3, SANS_BASE)),
    "journal ancrer": ((), (3, SANS_CLE), (3, SANS_BASE)),
    "journal reconcilier": ((), (3, SANS_CLE), (3, SANS_BASE)),
    "journal histoire": (("POS-1",), (3, SANS_CLE), (3, SANS_BASE)),
    "journal prouver": (("dossier:POS-1",), (3, SANS_CLE), (3, SANS_BASE)),
    "journal publier": ((), (3, SANS_CLE), (3, SANS_BASE)),
    "reglages": ((), (0, "Les données sont dans"), (0, "(donné, et tu)")),
    "diagnostiquer": ((), (1, SANS_CLE), (1, "Il n’y a pas encore de base.")),
    "base migrer": ((), (3, SANS_CLE), (0, "La base est à la version du programme.")),
    "base roles": ((), (2, "Donnez-la, comme postgresql://"), (2, "postgresql://")),
    "donnees purger": ((), (3, SANS_CLE), (3, SANS_BASE)),
    "sauvegarder": (("s.binome", "--en-clair"), (3, SANS_CLE), (3, SANS_BASE)),
    "restaurer": (("absent.binome",), (2, "absent.binome n’existe pas"), (2, "n’existe pas")),
    "sauvegarde-cles lecture": (("l.txt",), (0, "age1"), (0, "age1")),
    "sauvegarde-cles signature": (("s.pem",), (0, "s.pem.pub"), (0, "s.pem.pub")),
    "cloison": ((), (0, "Lectures à la fois"), (0, "Lectures à la fois")),
    "serve": (("--port", "0"), (2, "0"), (2, "0")),
}  # fmt: skip


def feuilles(groupe: click.Group, mots: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command that does something, by its words."""
    contexte = click.Context(groupe)
    for nom in groupe.list_commands(contexte):
        une = groupe.get_command(contexte, nom)
        assert une is not None
        if isinstance(une, click.Group):
            yield from feuilles(une, (*mots, nom))
        else:
            yield (*mots, nom)


def test_chaque_commande_a_un_usage() -> None:
    assert {" ".join(mots) for mots in feuilles(binome)} == set(USAGES)


GROUPES: Final = sorted({" ".join(mots[:-1]) for mots in feuilles(binome)} - {""})


@pytest.mark.parametrize("mots", [*USAGES, *GROUPES])
def test_chaque_aide_se_lit(mots: str) -> None:
    rendu = CliRunner().invoke(binome, [*mots.split(), "--help"], prog_name="binome")
    assert rendu.exit_code == 0, rendu.output
    assert f"binome {mots}" in rendu.output


def essayer(nom: str, place: Path, code: int, dit: str, **reglages: str) -> None:
    """Runs a command from an empty folder, whose user has an empty folder of theirs."""
    (place / "ici").mkdir()
    mots = [*nom.split(), *USAGES[nom][0]]
    sortie = lancer_a_froid(place / "ici", *mots, environnement={"HOME": str(place), **reglages})
    tout = sortie.sortie + sortie.erreur
    assert "Traceback" not in tout
    assert "faute de programme" not in tout
    assert dit in tout
    assert sortie.code == code, tout


SANS_REGLAGE: Final = [nom for nom, (_, sans, avec) in USAGES.items() if sans != avec]
PREMIERES: Final = {nom.split()[0]: nom for nom in reversed(SANS_REGLAGE)}
"""The first of each group: the others load the same settings by the same call."""


@pytest.mark.parametrize(
    "nom",
    [
        nom if nom in PREMIERES.values() else pytest.param(nom, marks=pytest.mark.long(1))
        for nom in SANS_REGLAGE
    ],
)
def test_sans_aucun_reglage(nom: str, tmp_path: Path) -> None:
    essayer(nom, tmp_path, *USAGES[nom][1])
    assert not (tmp_path / ".local").exists(), "rien n’est écrit par une commande refusée"


@pytest.mark.long(
    2
)  # the base commands need no setting, and are tried in the other files of this folder
@pytest.mark.parametrize("nom", USAGES)
def test_avec_un_secret_et_rien_d_autre(nom: str, tmp_path: Path) -> None:
    essayer(nom, tmp_path, *USAGES[nom][2], BINOME_SECRET="x1Y2z3" * 10)
    if USAGES[nom][2][1] == SANS_BASE:
        assert not list(tmp_path.rglob("*.sqlite3")), "une base vide serait prise pour une vraie"


def test_le_lanceur_installe_ce_que_chaque_commande_demande() -> None:
    lanceur = (RACINE / "binome").read_text("utf-8")
    (cas,) = re.findall(r"^    ([a-z| -]+)\)\n        profil=site$", lanceur, re.MULTILINE)
    assert set(cas.split(" | ")) == {nom for nom, une in COMMANDES.items() if une.profil == SITE}
    (cas,) = re.findall(r"^    ([a-z| -]+)\) profil=projection ;;$", lanceur, re.MULTILINE)
    assert set(cas.split(" | ")) == {
        nom for nom, une in COMMANDES.items() if une.profil == PROJECTION
    }


SANS_LE_SITE: Final = """
import sys
from contextlib import closing
from importlib.abc import MetaPathFinder
class Absentes(MetaPathFinder):
    def find_spec(self, nom, *_):
        if nom.partition(".")[0] in {"django", "cryptography", "pyrage", "waitress", "polars", "narwhals", "numpy"}:
            raise ModuleNotFoundError(f"No module named {nom!r}", name=nom)
sys.meta_path.insert(0, Absentes())
"""


def _sans_le_site(suite: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", SANS_LE_SITE + suite], capture_output=True, text=True, check=False
    )


def test_les_commandes_de_base_se_passent_du_site() -> None:
    rendu = _sans_le_site(
        "from importlib import import_module\n"
        "from binome.cli.commandes import COMMANDES\n"
        "for une in COMMANDES.values():\n"
        "    if une.profil == 'base': import_module(une.module)\n"
    )
    assert rendu.returncode == 0, rendu.stderr


@pytest.mark.parametrize("nom", ["base", "restaurer", "sauvegarde-cles", "projeter"])
def test_une_bibliotheque_absente_se_dit(nom: str) -> None:
    mots = [*next(un for un in USAGES if un.split()[0] == nom).split()]
    mots += USAGES[" ".join(mots)][0]
    rendu = _sans_le_site(
        f"sys.argv = {['binome', *mots]!r}\nfrom binome.cli import main\nmain()\n"
    )
    assert "Il manque une bibliothèque" in rendu.stderr
    assert "pip install 'binome[site,lot]'" in rendu.stderr
    assert rendu.returncode == 3


@pytest.mark.long(60)
def test_un_clone_neuf_a_toutes_ses_commandes(tmp_path: Path) -> None:
    """By the launcher itself, which installs what each asks for; the package index must be reached."""
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", str(RACINE), str(clone)], check=True)
    env = {"HOME": str(tmp_path), "PATH": "/usr/local/bin:/usr/bin:/bin"}
    index = {nom: mot for nom, mot in os.environ.items() if nom.startswith(("PIP_", "UV_", "SSL_"))}
    for mots in ("--help", *(f"{nom} --help" for nom in COMMANDES), "journal verifier", "reglages"):
        rendu = subprocess.run(
            [str(clone / "binome"), *mots.split()],
            env={**index, **env}, capture_output=True, text=True, check=False, cwd=tmp_path,
        )  # fmt: skip
        assert "Traceback" not in rendu.stderr, (mots, rendu.stderr)
        attendu = 3 if mots == "journal verifier" else 0
        assert rendu.returncode == attendu, (mots, rendu.stderr)


@pytest.mark.long(10)
def test_un_programme_plus_ancien_ne_touche_pas_a_la_base(tmp_path: Path) -> None:
    reglages = {"BINOME_SECRET": "x1Y2z3" * 10, "BINOME_DONNEES": str(tmp_path)}
    assert lancer("base", "migrer", **reglages).code == 0
    with closing(sqlite3.connect(tmp_path / "binome.sqlite3")) as base, base:
        base.execute(
            "INSERT INTO django_migrations VALUES (NULL, 'dossiers', '9999_demain', '2026-01-01')"
        )
    for mots in (["base", "migrer"], ["travaux", "--une-fois"], ["serve", "--preparer"]):
        refus = lancer(*mots, **reglages)
        assert refus.code == 3
        assert "La base a servi à une version plus récente" in refus.erreur
    assert "une version plus récente" in lancer("diagnostiquer", **reglages).sortie
