"""The other commands, the help, and what a user must never see."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
import pytest
from outils import traduire

from binome.cli.commandes import COMMANDES, binome
from binome.regles.courante import base_courante
from binome.regles.taches import taches
from tests.cli.terminal import lancer
from tests.echantillons import un_sur

if TYPE_CHECKING:
    from collections.abc import Iterator

ANGLAIS = (
    "Usage: ",
    "Options:",
    "Show this",
    "Missing",
    "No such",
    "Error",
    "Commands:",
    "Try ",
    "default:",
    "Invalid",
    "is not",
    "does not",
    "Choose",
    "%Y",
    "<=x",
)
MOTS_ANGLAIS: Final = re.compile(
    r"\b(?:COMMAND|ARGS|TEXT|INTEGER|FLOAT|RANGE|FILENAME|FILE|PATH|DIRECTORY|BOOLEAN|UUID|required)\b"
)
"""What the library calls the types of its values."""


@pytest.mark.parametrize(
    "arguments",
    un_sur(
        2,
        [
            ["zut"],
            ["positionner", "--zut"],
            ["positionner", "--jso", "-"],
            ["positionner", "--json"],
            ["positionner", "--trace=oui"],
            ["positionner", "de", "trop"],
            ["regles"],
            ["regles", "montrer"],
            ["regles", "comparer"],
            ["regles", "comparer", "--au", "hier"],
            ["regles", "rejouer", "--base", "courante"],
            ["serve", "--port", "70000"],
            ["serve", "--port", "http"],
            ["restaurer", "x", "--du", "hier"],
            ["exemples", "--taille", "2"],
            ["comptes", "ouvrir"],
        ],
        0.08,
    ),
    ids=" ".join,
)
def test_les_refus_parlent_francais(arguments: list[str]) -> None:
    resultat = lancer(*arguments)
    texte = resultat.sortie + resultat.erreur
    assert texte.strip()
    assert _anglais(texte) == []
    assert "Traceback" not in texte
    assert resultat.code == 2


def _anglais(texte: str) -> list[str]:
    """The English words that the library left in a text."""
    return [mot for mot in ANGLAIS if mot in texte] + MOTS_ANGLAIS.findall(texte)


def _chemins(commande: click.Command, *pris: str) -> Iterator[tuple[str, ...]]:
    """The words that lead to each command of a tree, its groups included."""
    yield pris
    if isinstance(commande, click.Group):
        contexte = click.Context(commande)
        for nom in commande.list_commands(contexte):
            suivante = commande.get_command(contexte, nom)
            assert suivante is not None
            yield from _chemins(suivante, *pris, nom)


AIDES: Final = """
import json, sys
from binome import cli
cli._parler_francais()
from click.testing import CliRunner
from binome.cli.commandes import binome
rendus = []
for chemin in json.load(sys.stdin):
    aide = CliRunner().invoke(binome, [*chemin, "--help"], prog_name="binome")
    rendus.append((chemin, aide.exit_code, aide.output))
json.dump(rendus, sys.stdout)
"""


def test_l_aide_de_chaque_commande_parle_francais() -> None:
    chemins = list(_chemins(binome))
    assert {chemin[0] for chemin in chemins if chemin} == set(COMMANDES)
    assert ("journal", "verifier") in chemins
    # One Python for all: the library fixes its sentences when it loads, and each command loads its own room.
    rendu = subprocess.run(
        [sys.executable, "-c", AIDES],
        input=json.dumps(chemins),
        capture_output=True,
        text=True,
        check=True,
    )
    assert rendu.stderr == ""
    for chemin, code, dit in json.loads(rendu.stdout):
        assert code == 0, chemin
        assert f"binome {' '.join(chemin)}".strip() in dit, chemin
        assert _anglais(dit) == [], chemin


def test_l_aide_nomme_ce_qu_une_option_attend() -> None:
    serve = lancer("serve", "--help").sortie
    assert "--adresse TEXTE " in serve
    assert re.search(r"--port NOMBRE +Le port où écouter\.  \[de 1 à 65535\]", serve)
    assert "--cle FICHIER " in lancer("restaurer", "--help").sortie
    assert "[obligatoire]" in lancer("comptes", "ouvrir", "--help").sortie
    assert "Usage : binome base [OPTIONS] COMMANDE [ARGUMENTS]…" in lancer("base", "--help").sortie
    assert "« 70000 » n’est pas de 1 à 65535." in lancer("serve", "--port", "70000").erreur


def test_la_version() -> None:
    assert lancer("--version").sortie == "binome 0.2.0\n"


def test_les_phrases_compilees_sont_a_jour() -> None:
    dossier = traduire.DOSSIER
    catalogue = traduire.lire((dossier / "messages.po").read_text(encoding="utf-8"))
    assert (dossier / "messages.mo").read_bytes() == traduire.compiler(catalogue)


def test_la_demo_retrouve_chaque_duree_publiee() -> None:
    resultat = lancer("profils")
    assert resultat.code == 0
    assert "283 h 30" in resultat.sortie
    assert "269 h 30" in resultat.sortie
    assert "✗" not in resultat.sortie
    assert resultat.sortie.count("✓") == 18
    assert "cas inventé pour la démonstration" in resultat.sortie


def test_lister_les_regles() -> None:
    resultat = lancer("regles", "lister")
    assert resultat.code == 0
    for nom in base_courante().regles:
        assert nom in resultat.sortie
    ce_jour = lancer("regles", "lister", "--au", "15/01/2026", "--table", "prerequis").sortie
    assert "prerequis.40913.niveau-4" in ce_jour
    assert "prerequis.36358" not in ce_jour
    assert "voie.cqp" not in ce_jour
    refus = lancer("regles", "lister", "--table", "prerequi")
    assert (refus.code, refus.fautes) == (
        2,
        ["regles lister : la table « prerequi » n’existe pas ; vouliez-vous dire « prerequis » ?"],
    )


def test_montrer_une_regle() -> None:
    resultat = lancer("regles", "montrer", "dispense.40913.secretaire")
    assert resultat.code == 0
    for morceau in (
        "Applicable du 25 juin 2025 au 25 juin 2030",
        "63 h de cours en moins",
        "source secondaire, consultée",
        "règle alerte.evaluations-40913",
    ):
        assert morceau in " ".join(resultat.sortie.split())
    refus = lancer("regles", "montrer", "dispense.40913.secretair")
    assert refus.fautes == [
        "regles montrer : la règle « dispense.40913.secretair » n’existe pas ; vouliez-vous dire « dispense.40913.secretaire » ?"
    ]


def test_verifier_la_base() -> None:
    resultat = lancer("regles", "verifier")
    assert resultat.code == 0
    assert resultat.sortie.startswith("Base saine : ")
    assert base_courante().empreinte in " ".join(resultat.sortie.split())


def test_verifier_une_autre_certification_ne_dit_que_ce_qui_est_d_elle() -> None:
    """The printed totals and the ledger are of the assistant médical alone."""
    dossier = Path(__file__).parents[1] / "regles" / "gardien-de-phare"
    phare = " ".join(lancer("regles", "verifier", "--base", dossier).sortie.split())
    assert re.match(
        r"Base saine : \d+ règles, 1 source, cas non joués \(hors de donnees/\)\. sha256:", phare
    )
    dentaire = lancer("regles", "verifier", "--base", "assistant-dentaire").sortie
    assert "totaux" not in dentaire
    assert "écart" not in dentaire


def test_comparer_deux_jours() -> None:
    resultat = lancer("regles", "comparer", "--au", "2026-01-15", "--au", "2023-03-01")
    assert resultat.code == 0
    assert resultat.sortie.startswith("Du 1er mars 2023 au 15 janvier 2026")
    assert "+ Depuis le 25 juin 2025, un an au secrétariat médical suffit" in resultat.sortie
    pareil = lancer("regles", "comparer", "--au", "2026-01-15", "--au", "2026-01-16")
    assert "Aucune règle n’a changé entre ces deux jours." in pareil.sortie
    refus = lancer("regles", "comparer", "--au", "2026-01-15")
    assert (refus.code, refus.fautes) == (
        2,
        ["regles comparer : donnez deux dates, avec --au DATE --au DATE"],
    )


def test_rejouer_un_lot(tmp_path: Path) -> None:
    lot = tmp_path / "lot.csv"
    lot.write_text(
        "reference,date_entree,diplomes\nA,2026-01-15,ide\nB,2026-01-15,sage_femme\n",
        encoding="utf-8",
    )
    resultat = lancer(
        "regles",
        "rejouer",
        "--base",
        "courante",
        "--base",
        "courante+igas-11",
        "--lot",
        lot,
        "--detail",
    )
    assert resultat.code == 0
    for ligne in (
        "2 dossiers rejoués, 1 changent : 1 y gagnent, 0 y perdent.",
        "1 : fae, avec d’autres heures",
        "1 : fae.40913, fae.igas-11",
        "A : fae, 75 h → fae, 35 h (fae.40913, fae.igas-11)",
    ):
        assert ligne in resultat.sortie
    lot.write_text("reference,date_entree\nA,2026-02-30\nB,2026-01-15\n", encoding="utf-8")
    moitie = lancer("regles", "rejouer", "--base", "courante", "--base", "courante", "--lot", lot)
    assert moitie.code == 1
    assert "1 dossiers rejoués, 0 changent" in moitie.sortie
    refus = lancer(
        "regles", "rejouer", "--base", "courante", "--base", "courante+zzz", "--lot", lot
    )
    assert (refus.code, refus.fautes) == (
        2,
        [
            "la réforme « zzz » n’existe pas ; connues : igas-11, igas-11-deux-modules, igas-11-sans-fae, igas-8, igas-8-salaries, igas-9"
        ],
    )
    une = lancer("regles", "rejouer", "--base", "courante", "--lot", lot)
    assert une.fautes == ["regles rejouer : donnez deux bases, avec --base A --base B"]


def test_exporter_puis_rouvrir(tmp_path: Path) -> None:
    export = tmp_path / "base.json"
    resultat = lancer("regles", "exporter")
    export.write_text(resultat.sortie, encoding="utf-8")
    assert json.loads(resultat.sortie)["reformes"] == []
    relue = lancer("regles", "verifier", "--base", export)
    assert relue.code == 0
    assert base_courante().empreinte in " ".join(relue.sortie.split())
    export.write_text(
        resultat.sortie.replace('"sources":["asfo-40913, prérequis"]', '"sources":[]', 1),
        encoding="utf-8",
    )
    refus = lancer("regles", "lister", "--base", export)
    assert refus.code == 2
    assert "une règle sans source ne se charge pas" in refus.erreur


def test_les_taches() -> None:
    resultat = lancer("taches", "prise", "de", "sang")
    assert resultat.code == 0
    assert "✗ Injecter, vacciner ou prélever du sang — interdite" in resultat.sortie
    assert "igas-2023, ¶60" in resultat.sortie
    condition = lancer("taches", "ECG").sortie
    assert (
        "◐ Électrocardiogramme (ECG), holter, souffle et autres examens techniques — une partie"
        in condition
    )
    assert "  Préparer et aider : oui ; faire l’acte : non." in condition
    tout = lancer("taches").sortie
    assert tout.count("✓ ") == sum(une.statut == "permise" for une in taches())
    assert tout.count("✗ ") == sum(une.statut == "interdite" for une in taches())
    refus = lancer("taches", "xyzzyplugh")
    assert refus.code == 1
    assert refus.erreur.startswith(
        "taches : aucune tâche du catalogue ne ressemble à « xyzzyplugh »."
    )


def test_les_ecarts(tmp_path: Path) -> None:
    resultat = lancer("ecarts")
    assert resultat.code == 0
    assert resultat.sortie == (Path(__file__).parents[2] / "docs" / "ecarts.md").read_text(
        encoding="utf-8"
    )
    cible = tmp_path / "ecarts.md"
    assert lancer("ecarts", "--sortie", cible).code == 0
    assert cible.read_text(encoding="utf-8") == resultat.sortie
    refus = lancer("ecarts", "--sortie", tmp_path / "absent" / "ecarts.md")
    assert (refus.code, refus.sortie) == (2, "")
    assert "rien n’a été écrit" in refus.erreur


def test_un_lecteur_qui_s_en_va_ne_fait_pas_de_bruit() -> None:
    # The table is many times what a pipe holds: who reads ten bytes is gone before its end.
    commande = (
        f"{sys.executable} -m binome regles exporter | head -c 10; echo; echo ${{PIPESTATUS[0]}}"
    )
    resultat = subprocess.run(["bash", "-c", commande], capture_output=True, check=False)
    lu, code = resultat.stdout.rsplit(b"\n", 2)[:2]
    assert (lu[:1], len(lu)) == (b"{", 10)
    assert code == b"0"
    assert resultat.stderr == b""


def test_une_faute_de_programme_ne_montre_pas_ses_entrailles(tmp_path: Path) -> None:
    """A base that cannot be read at all stands for any fault of ours."""
    (tmp_path / "sitecustomize.py").write_text(
        "import binome.regles.courante as c\ndef casse(*a, **k): raise ZeroDivisionError('secret')\nc.base_courante = casse\n",
        encoding="utf-8",
    )
    resultat = lancer("positionner", "--json", "-", entree="{}", PYTHONPATH=str(tmp_path))
    assert (resultat.code, resultat.sortie) == (70, "")
    assert resultat.fautes == [
        "Binôme s’est arrêté sur une faute de programme (ZeroDivisionError). Rien n’a été écrit. Relancez avec BINOME_DEBUG=1 et transmettez le message."
    ]
    bavard = lancer(
        "positionner", "--json", "-", entree="{}", PYTHONPATH=str(tmp_path), BINOME_DEBUG="1"
    )
    assert "secret" in bavard.erreur
