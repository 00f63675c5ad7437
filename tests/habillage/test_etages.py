"""Templates stand on the same floors as the code: they extend and include from their room, or from below."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Final

import pytest
from django.conf import settings

MAISON: Final = Path(__file__).parents[2]
CODE: Final = MAISON / "src" / "binome"
BALISE: Final = re.compile(r"\{%\s*(?:extends|include)\s+([^\s%]+)")

VOLET: Final = "un.gabarit"
"""A part that a room above hangs on a page of a room below: its name is in the code of its own room, read here too."""


def etages() -> dict[str, int]:
    """The floor of each room, the lowest is 0: those that the imports of the code are held to."""
    contrats = tomllib.loads((MAISON / "pyproject.toml").read_text())["tool"]["importlinter"][
        "contracts"
    ]
    lignes = next(un for un in contrats if un["name"].startswith("Floors"))["layers"]
    return {
        piece.removeprefix("binome."): rang
        for rang, ligne in enumerate(reversed(lignes))
        for piece in re.findall(r"[\w.]+", ligne)
    }


def gabarits() -> dict[str, str]:
    """The room of each template, by its name."""
    noms = [
        (str(chemin.relative_to(CODE / piece / "gabarits")), piece)
        for piece in settings.PIECES_A_GABARITS
        for chemin in (CODE / piece / "gabarits").rglob("*")
        if chemin.is_file()
    ]
    doubles = [nom for nom, fois in Counter(nom for nom, _ in noms).items() if fois > 1]
    assert not doubles, f"one name, two templates: {doubles}"
    return dict(noms)


def permis(de: str, vers: str) -> bool:
    """Whether a room may use what another one has: itself, or a lower floor."""
    rangs = etages()
    return de == vers or rangs[vers] < rangs[de]


def test_un_gabarit_n_en_prend_qu_a_sa_piece_ou_plus_bas() -> None:
    pieces, fautes, vus = gabarits(), [], 0
    for nom, piece in pieces.items():
        texte = (CODE / piece / "gabarits" / nom).read_text(encoding="utf-8")
        for dit in BALISE.findall(texte):
            if dit == VOLET:
                continue
            assert dit[0] in "\"'", f"{nom}: {dit} is not a name that can be checked"
            vus += 1
            autre = dit.strip("\"'")
            if autre not in pieces or not permis(piece, pieces[autre]):
                fautes.append(f"{piece}: {nom} → {autre}")
    assert vus > 100, "the tags are no longer seen"
    assert not fautes


def test_le_code_ne_rend_que_les_gabarits_de_sa_piece_ou_plus_bas() -> None:
    pieces, fautes, vus = gabarits(), [], 0
    suffixes = {Path(nom).suffix for nom in pieces}
    for chemin in CODE.rglob("*.py"):
        piece = chemin.relative_to(CODE).parts[0]
        texte = chemin.read_text(encoding="utf-8")
        if not any(un in texte for un in suffixes):
            continue  # it names no template
        for noeud in ast.walk(ast.parse(texte)):
            if (
                isinstance(noeud, ast.Constant)
                and isinstance(noeud.value, str)
                and noeud.value in pieces
            ):
                vus += 1
                if not permis(piece, pieces[noeud.value]):
                    fautes.append(f"{chemin.relative_to(CODE)} → {noeud.value}")
    assert vus > 50, "the names are no longer seen"
    assert not fautes


def test_toute_piece_qui_a_des_gabarits_est_lue() -> None:
    trouvees = {
        chemin.parent.name for chemin in CODE.glob("*/gabarits") if any(chemin.rglob("*.html"))
    }
    assert trouvees == set(settings.PIECES_A_GABARITS)


@pytest.mark.parametrize(
    ("de", "vers", "attendu"),
    [
        ("site", "habillage", True),
        ("habillage", "site", False),
        ("site", "api", False),
        ("dossiers", "comptes", True),
        ("comptes", "comptes", True),
    ],
)
def test_les_etages_se_lisent(de: str, vers: str, *, attendu: bool) -> None:
    assert permis(de, vers) is attendu
