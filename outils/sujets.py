"""`python -m outils.sujets`: the subject of each commit, short enough to be read in a list, and of a finished piece.

Held since a day: what was written before stays as it was. A clone without its past is read as far as it goes.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Final

RACINE: Final = Path(__file__).parent.parent
DEPUIS: Final = "2026-11-30T00:45:00+00:00"
LONGUEUR: Final = 72
PAS_FINI: Final = re.compile(r"wip\b|(?:fixup|squash|amend)!", re.IGNORECASE)


def lire(dossier: Path, depuis: str = DEPUIS) -> list[str] | None:
    """The subjects of the commits made since then, newest first; None where no history can be read."""
    commande = ["git", "-C", str(dossier), "log", "--no-merges", f"--since={depuis}", "--format=%s"]
    try:
        rendu = subprocess.run(
            commande, capture_output=True, text=True, encoding="utf-8", check=False
        )
    except OSError:
        return None
    return None if rendu.returncode else rendu.stdout.splitlines()


def faute(sujet: str) -> str | None:
    """What is wrong with a subject, in French."""
    if len(sujet) > LONGUEUR:
        return f"{len(sujet)} caractères, {LONGUEUR} au plus : {sujet}"
    if PAS_FINI.match(sujet):
        return f"un travail pas fini : {sujet}"
    return None


def main(dossier: Path = RACINE) -> int:
    """0 when all are good, 1 when one is not, 2 when there is no history to read."""
    sujets = lire(dossier)
    if sujets is None:
        print("Aucune histoire de git ici.")
        return 2
    fautes = [dite for sujet in sujets if (dite := faute(sujet))]
    for dite in fautes:
        print(dite)
    return 1 if fautes else 0


if __name__ == "__main__":
    sys.exit(main())
