"""`./binome mutation`: mutants of the rule base's code; the score is published in `docs/mutation.md`.

A mutant is one small change of the code; it is killed when a test fails. What survives is a change
that no test notices. Only the tests of `tests/regles` and of `tests/agenda` play, without the two heaviest.

Each mutant is tried in a fork of a process that has run nothing yet: the threads of a columnar engine
would not survive a fork.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

RACINE = Path(__file__).parent.parent
PAGE = RACINE / "docs" / "mutation.md"
TUES = ("killed", "timeout", "caught by type check", "segfault", "suspicious")
VIVANTS = ("survived", "no tests")


def resultats() -> list[tuple[str, str]]:
    """Each mutant with what became of it."""
    sortie = subprocess.run(
        ["mutmut", "results", "--all", "true"],
        cwd=RACINE,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    lignes = (ligne.strip().rpartition(": ") for ligne in sortie.splitlines())
    return [(nom, etat) for nom, _, etat in lignes if nom]


def _module(nom: str) -> str:
    """`binome.regles.decider` out of a mutant's name."""
    return re.sub(r"\.x[ǁ_].*$", "", nom)


def score(etats: Counter[str]) -> float:
    """Killed mutants in a hundred."""
    tues = sum(etats[etat] for etat in TUES)
    total = tues + sum(etats[etat] for etat in VIVANTS)
    return 100 * tues / total if total else 100.0


def _commit() -> str:
    """The commit whose code was mutated."""
    commande = ["git", "rev-parse", "--short", "HEAD"]
    return subprocess.run(
        commande, cwd=RACINE, capture_output=True, text=True, check=True
    ).stdout.strip()


def page(mutants: list[tuple[str, str]], commit: str) -> str:
    """`docs/mutation.md`: the score by module."""
    par_module: dict[str, Counter[str]] = {}
    for nom, etat in mutants:
        par_module.setdefault(_module(nom), Counter())[etat] += 1
    tous = sum(par_module.values(), Counter())
    lignes = [
        "# Mutation score of the rule base's code",
        "",
        "Written by `./binome mutation` (mutmut). A mutant is one small change of the code of",
        "`src/binome/regles`; it is killed when a test of `tests/regles` or `tests/agenda` fails. The",
        "mutants of the rules themselves are in [mutation-regles.md](mutation-regles.md).",
        "",
        f"Measured at commit `{commit}`.",
        "",
        f"**Score: {score(tous):.1f} %** ({sum(tous.values())} mutants: "
        + ", ".join(f"{nombre} {etat}" for etat, nombre in tous.most_common())
        + ").",
        "",
        "| module | mutants | survivors | score |",
        "|---|---:|---:|---:|",
    ]
    for module, etats in sorted(par_module.items()):
        vivants = sum(etats[etat] for etat in VIVANTS)
        lignes.append(f"| `{module}` | {sum(etats.values())} | {vivants} | {score(etats):.1f} % |")
    return "\n".join([*lignes, ""])


def main(arguments: list[str]) -> int:
    """Runs the mutants (again from scratch with `--neuf`), writes the page, and judges the score."""
    analyseur = argparse.ArgumentParser(prog="./binome mutation")
    analyseur.add_argument("--neuf", action="store_true", help="start again from nothing")
    analyseur.add_argument("--seuil", type=float, default=90.0, help="lowest score accepted")
    analyseur.add_argument("motifs", nargs="*", help="only the mutants of these names")
    choix = analyseur.parse_args(arguments)
    if choix.neuf:
        shutil.rmtree(RACINE / "mutants", ignore_errors=True)
    subprocess.run(["mutmut", "run", "--max-children", "2", *choix.motifs], cwd=RACINE, check=False)
    mutants = resultats()
    (RACINE / "mutants" / "bilan.txt").write_text(
        "".join(f"{nom}: {etat}\n" for nom, etat in mutants), encoding="utf-8"
    )
    PAGE.write_text(page(mutants, _commit()), encoding="utf-8")
    atteint = score(Counter(etat for _, etat in mutants))
    print(f"Score {atteint:.1f} %, page {PAGE.relative_to(RACINE)}")
    return 0 if atteint >= choix.seuil else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
