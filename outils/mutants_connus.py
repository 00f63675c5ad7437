"""`python -m outils.mutants_connus`: the mutants of the rules, unless these very rules have passed before.

What they prove depends on `regles` and on these tools alone; elsewhere in the house nothing changes it. The
proof is kept beside the environment, under the hash of all that it leans on: a clean checkout has none.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path
from typing import Final

SEUIL: Final = "97"
RACINE: Final = Path(__file__).parent.parent
TEMOIN: Final = RACINE / ".binome" / "mutants-des-regles"
APPUIS: Final = ("src/binome/regles", "src/binome/agenda", "outils", "uv.lock")


def empreinte() -> str:
    """The SHA-256 of the rules, of their cases, and of what judges them."""
    somme = hashlib.sha256(SEUIL.encode())
    for appui in APPUIS:
        lieu = RACINE / appui
        fichiers = [lieu] if lieu.is_file() else sorted(lieu.rglob("*"))
        for fichier in fichiers:
            if fichier.is_file() and "__pycache__" not in fichier.parts:
                somme.update(f"{fichier.relative_to(RACINE)}\n".encode())
                somme.update(fichier.read_bytes())
    return somme.hexdigest()


def main() -> int:
    """Judges the mutants, or says that it was done; 1 when the cases kill too few of them."""
    attendue = empreinte()
    if TEMOIN.is_file() and TEMOIN.read_text(encoding="utf-8") == attendue:
        print("Règles inchangées depuis leur dernier passage : les mutants ne sont pas rejoués.")
        return 0
    commande = [sys.executable, "-m", "outils.muter_regles", "--seuil", SEUIL]
    rendu = subprocess.run(commande, check=False).returncode
    if rendu == 0:
        TEMOIN.parent.mkdir(exist_ok=True)
        TEMOIN.write_text(attendue, encoding="utf-8")
    return rendu


if __name__ == "__main__":
    sys.exit(main())
