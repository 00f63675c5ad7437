"""`./binome check`: style, types, floors, the image, and the load checks of the rule base; all, then the sum."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path
from typing import Final

from outils import avis, sujets

HADOLINT: Final = Path(sys.executable).with_name("hadolint")
"""There is no wheel of it but for Linux on x86-64: elsewhere the check says that nobody looked."""

CONTROLES = (
    ("style", ["ruff", "check", "."]),
    ("forme", ["ruff", "format", "--check", "."]),
    ("gabarits", ["djlint", "--check", "--lint", "--quiet", "src"]),
    ("types", ["mypy"]),
    ("imports déclarés", ["deptry", "--no-ansi", "src"]),
    ("étages", ["lint-imports", "--no-cache"]),
    ("règles", [sys.executable, "-m", "binome", "regles", "verifier"]),
    ("mutants des règles", [sys.executable, "-m", "outils.mutants_connus"]),
)
A_NOTRE_FACON: Final = (("sujets des commits", sujets.main), ("vulnérabilités connues", avis.main))
"""Each gives 1 when something is wrong, and 2 when nobody could look."""


def main() -> int:
    """Runs every check and says which failed, and what nobody could look at."""
    argparse.ArgumentParser(prog="./binome check", description=__doc__).parse_args()
    rates, ignores = [], []
    for nom, commande in CONTROLES:
        print(f"— {nom}", flush=True)
        if subprocess.run(commande, check=False).returncode:
            rates.append(nom)
    print("— image", flush=True)
    if not HADOLINT.exists():
        ignores.append("image")
    elif subprocess.run([HADOLINT, "Dockerfile"], check=False).returncode:
        rates.append("image")
    for nom, controler in A_NOTRE_FACON:
        print(f"— {nom}", flush=True)
        rendu = controler()
        rates += [nom] if rendu == 1 else []
        ignores += [nom] if rendu == 2 else []
    if ignores:
        print(f"Non vérifié : {', '.join(ignores)}.")
    bon = "Le reste est bon." if ignores else "Tout est bon."
    print(f"À reprendre : {', '.join(rates)}" if rates else bon)
    return 1 if rates else 0


if __name__ == "__main__":
    sys.exit(main())
