"""`./binome mutation`: mutants of the rule base's code; the score is published in `docs/mutation.md`.

A mutant is one small change of the code; it is killed when a test fails. What survives is a change
that no test notices. mutmut makes the mutants and finds which tests reach each function; `essayer`
tries them, the tests of `tests/regles` and of `tests/agenda` alone, without the heaviest.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from outils.essayer import module_de

if TYPE_CHECKING:
    from collections.abc import Iterable

RACINE = Path(__file__).parent.parent
MUTANTS = RACINE / "mutants"
PAGE = RACINE / "docs" / "mutation.md"
TUE, PAS_ESSAYE = "killed", "not tried"
MOTS: Final = {1: TUE, 0: "survived", 33: "no test", -24: "timed out", None: PAS_ESSAYE}
"""What became of a mutant, by the exit code that mutmut keeps; any other is a kill too."""


def resultats() -> dict[str, str]:
    """Each mutant with what became of it."""
    lus: dict[str, str] = {}
    for chemin in sorted((MUTANTS / "src").rglob("*.meta")):
        codes = json.loads(chemin.read_text(encoding="utf-8"))["exit_code_by_key"]
        lus |= {nom: MOTS.get(code, TUE) for nom, code in codes.items()}
    return lus


def choisis(mutants: dict[str, str], modules: Iterable[str]) -> dict[str, str]:
    """Those of some modules; all of them when none is named."""
    voulus = frozenset(modules)
    return {nom: un for nom, un in mutants.items() if not voulus or module_de(nom) in voulus}


def score(etats: Counter[str]) -> float:
    """Killed mutants in a hundred tried; one that loops is not counted as killed."""
    essayes = sum(etats.values()) - etats[PAS_ESSAYE]
    return 100 * etats[TUE] / essayes if essayes else 100.0


def borne(tues: int, essayes: int) -> float:
    """The lower end of Wilson's interval at 95 %, in a hundred."""
    if not essayes:
        return 0.0
    z, part = 1.96, tues / essayes
    milieu = part + z * z / (2 * essayes)
    ecart = z * math.sqrt(part * (1 - part) / essayes + z * z / (4 * essayes * essayes))
    return 100 * (milieu - ecart) / (1 + z * z / essayes)


def _commit() -> str:
    """The commit whose code was mutated."""
    commande = ["git", "rev-parse", "--short", "HEAD"]
    return subprocess.run(
        commande, cwd=RACINE, capture_output=True, text=True, check=True
    ).stdout.strip()


def page(mutants: dict[str, str], commit: str) -> str:
    """`docs/mutation.md`: the score by module."""
    par_module: dict[str, Counter[str]] = {}
    for nom, etat in mutants.items():
        par_module.setdefault(module_de(nom), Counter())[etat] += 1
    tous = sum(par_module.values(), Counter())
    essayes = sum(tous.values()) - tous[PAS_ESSAYE]
    lignes = [
        "# Mutation score of the rule base's code",
        "",
        "Written by `./binome mutation`. A mutant is one small change of the code of `src/binome/regles`",
        "(made by mutmut); it is killed when a test of `tests/regles` or `tests/agenda` fails. One that",
        "loops is not counted as killed. The mutants of the rules themselves are in",
        "[mutation-regles.md](mutation-regles.md).",
        "",
        f"Measured at commit `{commit}`.",
        "",
        f"**Score: {score(tous):.1f} %** of {essayes} mutants tried, out of {sum(tous.values())} ("
        + ", ".join(f"{nombre} {etat}" for etat, nombre in tous.most_common())
        + ").",
    ]
    if tous[PAS_ESSAYE]:
        lignes += [
            "",
            "Not all were tried: they are drawn at random, and the score of those drawn is at least "
            f"{borne(tous[TUE], essayes):.1f} %, at 95 %, of all.",
        ]
    lignes += ["", "| module | mutants | tried | alive | score |", "|---|---:|---:|---:|---:|"]
    for module, etats in sorted(par_module.items()):
        tentes = sum(etats.values()) - etats[PAS_ESSAYE]
        lignes.append(
            f"| `{module}` | {sum(etats.values())} | {tentes} | {tentes - etats[TUE]} "
            f"| {score(etats):.1f} % |"
        )
    return "\n".join([*lignes, ""])


def _preparer() -> None:
    """Has mutmut make the mutants and learn which tests reach them: it does so before it tries one."""
    (MUTANTS / "mutmut-stats.json").unlink(missing_ok=True)
    temoin = "binome.regles.motifs.x_motifs__mutmut_1"
    subprocess.run(["mutmut", "run", temoin], cwd=RACINE, check=True)


def main(arguments: list[str]) -> int:
    """Tries the mutants, writes the page, and judges the score."""
    analyseur = argparse.ArgumentParser(prog="./binome mutation")
    analyseur.add_argument("--neuf", action="store_true", help="start again from nothing")
    analyseur.add_argument("--seuil", type=float, default=90.0, help="lowest score accepted")
    analyseur.add_argument("--minutes", type=float, default=600.0, help="time to try them")
    analyseur.add_argument(
        "--modules", nargs="*", default=[], help="only these, as decider or metiers.juge"
    )
    choix = analyseur.parse_args(arguments)
    if choix.neuf:
        shutil.rmtree(MUTANTS, ignore_errors=True)
    _preparer()
    modules = [f"binome.regles.{un}" for un in choix.modules]
    environnement = {**os.environ, "PYTHONPATH": "src", "MUTANT_UNDER_TEST": ""}
    subprocess.run(
        [sys.executable, "-m", "outils.essayer", str(60 * choix.minutes), *modules],
        cwd=MUTANTS, env=environnement, check=False,
    )  # fmt: skip
    mutants = choisis(resultats(), modules)
    PAGE.write_text(page(mutants, _commit()), encoding="utf-8")
    atteint = score(Counter(mutants.values()))
    print(f"Score {atteint:.1f} %, page {PAGE.relative_to(RACINE)}")
    return 0 if atteint >= choix.seuil else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
