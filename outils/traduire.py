"""Compiles the French sentences of the command-line library: `python -m outils.traduire`."""

from __future__ import annotations

import ast
import struct
from pathlib import Path

DOSSIER = Path(__file__).parent.parent / "src/binome/cli/locale/fr/LC_MESSAGES"


def lire(texte: str) -> dict[str, str]:
    """The catalogue of a .po file: plural forms joined by NUL, as the .mo format has them."""
    catalogue: dict[str, str] = {}
    for bloc in texte.split("\n\n"):
        cles: list[str] = []
        valeurs: list[str] = []
        for ligne in bloc.splitlines():
            if not ligne.startswith("msg"):
                continue
            mot, _, reste = ligne.partition(" ")
            (cles if mot.startswith("msgid") else valeurs).append(ast.literal_eval(reste))
        if cles:
            catalogue["\0".join(cles)] = "\0".join(valeurs)
    return catalogue


def compiler(catalogue: dict[str, str]) -> bytes:
    """The bytes of the .mo file (GNU format, little-endian, without hash table)."""
    paires = sorted((cle.encode(), valeur.encode()) for cle, valeur in catalogue.items())
    tete = 28 + 16 * len(paires)
    index_cles, index_valeurs, corps = b"", b"", b""
    for rang in (0, 1):
        for paire in paires:
            entree = struct.pack("<II", len(paire[rang]), tete + len(corps))
            corps += paire[rang] + b"\0"
            if rang:
                index_valeurs += entree
            else:
                index_cles += entree
    debut = struct.pack("<7I", 0x950412DE, 0, len(paires), 28, 28 + 8 * len(paires), 0, tete)
    return debut + index_cles + index_valeurs + corps


def main() -> None:
    """Writes the .mo beside its .po."""
    texte = (DOSSIER / "messages.po").read_text(encoding="utf-8")
    (DOSSIER / "messages.mo").write_bytes(compiler(lire(texte)))


if __name__ == "__main__":
    main()
