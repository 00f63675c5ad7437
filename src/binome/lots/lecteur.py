"""Reads a table behind the wall: given its kind and its name, the table in, its cells out.

A row is its number (after `MASQUE` when it is hidden) and its cells, parted by `CHAMP` and ended by `RANG`; the table ends with `FIN`, or with
`REFUS` and the reasons. An output without either is that of a reader that fell.
"""

from __future__ import annotations

import io
import json
import resource
import signal
import sys
from pathlib import Path
from typing import Final

from binome.lots.erreurs import TravailImpossible
from binome.lots.masques import RangMasque
from binome.lots.ouvrir import ouvrir

CHAMP: Final = "\x1f"
RANG: Final = "\x1e"
FIN: Final = "\x04"
REFUS: Final = "\x15"
MASQUE: Final = "-"
AVIS: Final = "\x06"
"""Before a sentence that the reader says, ahead of the rows."""
ILLISIBLE: Final = "�"
SIGNES: Final = str.maketrans(dict.fromkeys((CHAMP, RANG, FIN, REFUS, AVIS), ILLISIBLE))


def accorder(secondes: float, octets: int) -> None:
    """Grants the next step so many seconds of processor and bytes; the system ends it beyond."""
    signal.setitimer(signal.ITIMER_PROF, secondes)
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except OSError:
        return
    _, dure = resource.getrlimit(resource.RLIMIT_AS)
    voulu = pages * resource.getpagesize() + octets
    resource.setrlimit(resource.RLIMIT_AS, (min(voulu, dure) if dure > 0 else voulu, dure))


def main() -> None:
    """Writes every row, or why there are none."""
    sorte, nom = sys.argv[1:]
    octets = sys.stdin.buffer.read()
    sortie = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", errors="replace", newline="")

    def dire(phrase: str) -> None:
        sortie.write(AVIS + phrase + RANG)

    try:
        for numero, cellules in ouvrir(octets, sorte, nom, accorder, dire):
            dit = f"{MASQUE if isinstance(numero, RangMasque) else ''}{numero}"
            sortie.write(CHAMP.join((dit, *(c.translate(SIGNES) for c in cellules))) + RANG)
        fin = FIN
    except TravailImpossible as refus:
        fin = REFUS + json.dumps(refus.lignes)
    except MemoryError:
        fin = REFUS + json.dumps([f"{nom} : trop gros une fois déplié ; coupez-le en plusieurs"])
    sortie.write(fin + RANG)
    sortie.flush()


if __name__ == "__main__":
    main()
