"""`./binome check`: style, types, floors, and the load checks of the rule base; all, then the sum."""

from __future__ import annotations

import subprocess
import sys

CONTROLES = (
    ("style", ["ruff", "check", "."]),
    ("forme", ["ruff", "format", "--check", "."]),
    ("types", ["mypy"]),
    ("étages", ["lint-imports", "--no-cache"]),
    ("règles", [sys.executable, "-m", "binome", "regles", "verifier"]),
    ("mutants des règles", [sys.executable, "-m", "outils.mutants_connus"]),
)


def main() -> int:
    """Runs every check and says which failed."""
    rates = []
    for nom, commande in CONTROLES:
        print(f"— {nom}", flush=True)
        if subprocess.run(commande, check=False).returncode:
            rates.append(nom)
    print("Tout est bon." if not rates else f"À reprendre : {', '.join(rates)}")
    return 1 if rates else 0


if __name__ == "__main__":
    sys.exit(main())
