"""The French of the house, read in every template and every sentence of the code: each kind of slip found once.

What pages make of data is read by the tests of those pages; here is what somebody wrote.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

CODE: Final = Path(__file__).parents[1] / "src" / "binome"
BALISES: Final = re.compile(
    r"<(script|style|svg)\b.*?</\1>|{#.*?#}|{%.*?%}|{{.*?}}|<[^>]*>", re.DOTALL
)
FAUTES: Final = {
    "une astuce d’inclusion (écrivez les deux mots)": r"\w[·•]e?s?\b|\w\(e\)|\w\.e\.s\b|\be\.s\b|\biels?\b",
    "un pluriel entre parenthèses (accordez)": r"(?<!http)(?<=[a-zéèêàù])\((?:s|x|nt)\)",
    "« lettre » pour un courriel": r"[Ll]ettres? (?:part|partent|partir(?:a|ont)|est peut-être parmi|vous (?:attend|a été envoyé))\b",
    "« mail » ou « e-mail » (courriel)": r"\b[Ee]-?mails?\b|\b[Mm]ails?\b",
    "un ordre de machine": r"\b[Vv]euillez\b|\b[Mm]erci de\b|[Cc]liquez ici|[Cc]hamp obligatoire|[Cc]hamp requis",
    "une panne sans cause": r"[Uu]ne erreur (?:est survenue|s’est produite)|[Ee]rreur inconnue|[Oo]pération effectuée",
    "de l’anglais": r"\b(?:login|upload|uploader|download|submit|loguer|checker|feedback|timeout|token|workflow)\b",
    "un mot de programme": r"\b(?:None|null|undefined|NaN|True|False)\b",
    "une apostrophe droite": r"\b(?:[cdjlmnstCDJLMNST]|qu|Qu|jusqu|lorsqu|puisqu)'[a-zéèêàâîôûœh]",
    "un jeu d’exemple donné pour raison": r"^Jeu d’exemple$",
}  # fmt: skip
"""Each kind that was found in use, as a person would name it, and how it is seen."""
PERMIS: Final = (
    ("cli/", "de l’anglais"),  # the terminal names options as they are typed
    ("emplois/parts.py", "une apostrophe droite"),  # a pattern, that reads what people type
    ("api/", "un mot de programme"),  # written for programs
)


def _phrases_du_code(chemin: Path) -> Iterator[str]:
    """The texts of a module that are sentences: no docstring, nothing that only a program reads."""
    arbre = ast.parse(chemin.read_text(encoding="utf-8"))
    docstrings = {
        id(corps[0].value)
        for noeud in ast.walk(arbre)
        if (corps := getattr(noeud, "body", None)) and isinstance(corps, list)
        if isinstance(corps[0], ast.Expr)
    } | {id(noeud.value) for noeud in ast.walk(arbre) if isinstance(noeud, ast.Expr)}
    for noeud in ast.walk(arbre):
        # A sentence of the interface has a space and an accent, an apostrophe of ours or a full stop.
        if (
            isinstance(noeud, ast.Constant)
            and isinstance(noeud.value, str)
            and id(noeud) not in docstrings
            and " " in noeud.value
            and re.search(r"[éèêàçùâîôûœ’«.]", noeud.value)
        ):
            yield noeud.value


@cache
def phrases() -> tuple[tuple[str, str], ...]:
    """Every sentence of the house, with the file that says it."""
    lues: list[tuple[str, str]] = []
    for chemin in sorted(CODE.rglob("*")):
        nom = chemin.relative_to(CODE).as_posix()
        if "/migrations/" in nom or "/polices/" in nom or "/statiques/" in nom:
            continue
        if chemin.suffix in (".html", ".txt") and "/gabarits/" in nom:
            texte = BALISES.sub(" ", chemin.read_text(encoding="utf-8"))
            lues += [
                (nom, " ".join(ligne.split())) for ligne in texte.splitlines() if ligne.strip()
            ]
        elif chemin.suffix == ".py":
            lues += [(nom, phrase) for phrase in _phrases_du_code(chemin)]
    return tuple(lues)


def fautes(phrase: str) -> list[str]:
    """The kinds of slips of a sentence."""
    return [nom for nom, motif in FAUTES.items() if re.search(motif, phrase)]


def test_chaque_phrase_de_la_maison_est_en_francais_d_une_personne() -> None:
    trouvees = [
        f"{ou} : {faute} : {phrase[:120]}"
        for ou, phrase in phrases()
        for faute in fautes(phrase)
        if not any(ou.startswith(debut) and faute == permise for debut, permise in PERMIS)
    ]
    assert not trouvees, "\n".join(trouvees)
    assert len(phrases()) > 2500, "les phrases ne sont plus trouvées"


@pytest.mark.parametrize(
    ("phrase", "faute"),
    [
        ("Vous êtes connecté·e.", "une astuce"),
        ("Vous êtes connecté(e).", "une astuce"),
        ("2 pièce(s) jointe(s)", "un pluriel"),
        ("Une lettre part à cette adresse.", "« lettre »"),
        ("Un e-mail vous attend.", "« mail »"),
        ("Veuillez patienter.", "un ordre"),
        ("Une erreur est survenue.", "une panne"),
        ("L'adresse n'est pas valable.", "une apostrophe"),
        ("La valeur est None.", "un mot de programme"),
    ],
)
def test_chaque_faute_se_voit(phrase: str, faute: str) -> None:
    assert any(une.startswith(faute) for une in fautes(phrase))


@pytest.mark.parametrize(
    "phrase",
    [
        "La lettre de décision, scellée, se lit ici.",
        "Vous êtes connecté ou connectée.",
        "http(s) d’une autorité",
        "Un courriel part à cette adresse.",
    ],
)
def test_ce_qui_est_bien_dit_passe(phrase: str) -> None:
    assert fautes(phrase) == []


NOMMENT: Final = (
    r"(?:nom|nom_sur|personne|organisme|organisation|branche|qui|parrain|auteur|cabinet)"
)
"""How a variable that holds a name is called."""
SANS_ELISION: Final = (
    re.compile(rf"\b(?:[dD]e|[qQ]ue) \{{\{{ (?:\w+\.)*{NOMMENT}(?:\|(?!de\b)\w+)* \}}\}}"),
    re.compile(rf"\b(?:de|que) \{{(?:[a-z_]+\.)*{NOMMENT}\}}"),
)


def test_de_devant_un_nom_s_elide_toujours() -> None:
    """« un message de Organisme »: a name that is put in goes through `elider`, or the filter `de`."""
    trouvees = [
        f"{chemin.relative_to(CODE)} : {trouve[0]}"
        for chemin in sorted(CODE.rglob("*"))
        if chemin.suffix in (".html", ".txt", ".py") and "/migrations/" not in chemin.as_posix()
        for motif in SANS_ELISION
        for trouve in motif.finditer(chemin.read_text(encoding="utf-8"))
    ]
    assert not trouvees, "\n".join(trouvees)
