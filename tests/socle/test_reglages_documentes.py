"""Every setting is declared once, read in one room, and told to who runs the house."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Final

from binome.reglages.annonce import en_markdown
from binome.reglages.controle import CONNUS

RACINE: Final = Path(__file__).parents[2]
DOCUMENTATION: Final = RACINE / "docs" / "exploitation.md"
DEBUT, FIN = "<!-- réglages -->\n", "<!-- /réglages -->"


def test_la_documentation_est_celle_des_declarations() -> None:
    """Write it again with: ./binome reglages --markdown."""
    ecrite = DOCUMENTATION.read_text("utf-8").split(DEBUT)[1].split(FIN)[0]
    assert ecrite.strip() == en_markdown().strip()


def test_aucun_nom_n_est_employe_sans_etre_declare() -> None:
    nommes = {
        nom
        for fichier in [RACINE / "binome", DOCUMENTATION, *(RACINE / "src").rglob("*.py")]
        for nom in re.findall(r"BINOME_[A-Z_]*[A-Z]", fichier.read_text(encoding="utf-8"))
        if fichier.parent.name != "reglages"
    }
    assert nommes >= {"BINOME_PYTHON", "BINOME_SECRET"}
    assert nommes - CONNUS - {"BINOME_HOTE"} == set()


def _lit_l_environnement(fichier: Path) -> bool:
    """Whether a file reads or writes the environment by itself."""
    texte = fichier.read_text(encoding="utf-8")
    return bool(re.search("environ|getenv", texte)) and any(
        (isinstance(noeud, ast.Attribute) and noeud.attr in {"environ", "environb", "getenv"})
        or (isinstance(noeud, ast.ImportFrom) and noeud.module == "os"
            and any(un.name in {"environ", "getenv"} for un in noeud.names))
        for noeud in ast.walk(ast.parse(texte))
    )  # fmt: skip


def test_une_seule_piece_lit_l_environnement() -> None:
    lecteurs = {
        str(fichier.relative_to(RACINE / "src" / "binome"))
        for fichier in (RACINE / "src" / "binome").rglob("*.py")
        if _lit_l_environnement(fichier)
    }
    assert lecteurs == {"reglages/reglage.py"}
