"""Tries mutants again under the tests that start a columnar engine, in processes that never fork.

mutmut tries each mutant in a fork of one process, which the threads of an engine do not survive. A
worker here plays the tests in its own process, one mutant after the other; the parent kills it when
a mutant makes it loop, and goes on with a fresh one.
"""

from __future__ import annotations

import os
import select
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stdout
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

TESTS: Final = ("-m", "moteur and not long and not lourd", "tests/regles")
AUCUN: Final = "aucun"
PATIENCE: Final = 60
"""Seconds before a mutant is held to loop."""


def _ouvrier(dossier: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "outils.reprise"],
        cwd=dossier,
        env={**os.environ, "PYTHONPATH": "src"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def _essayer(dossier: Path, noms: Sequence[str]) -> Iterator[tuple[str, str]]:
    ouvrier = _ouvrier(dossier)
    for nom in noms:
        if ouvrier.stdin is None or ouvrier.stdout is None:
            raise AssertionError
        ouvrier.stdin.write(f"{nom}\n")
        ouvrier.stdin.flush()
        if select.select([ouvrier.stdout], [], [], PATIENCE)[0]:
            etat = ouvrier.stdout.readline().strip()
        else:
            etat = "timeout"
        if etat not in ("killed", "survived"):
            ouvrier.kill()
            ouvrier.wait()
            ouvrier = _ouvrier(dossier)
            etat = etat or "segfault"
        yield nom, etat
    ouvrier.kill()
    ouvrier.wait()


def reprendre(dossier: Path, noms: Sequence[str]) -> dict[str, str]:
    """What becomes of each mutant of a `mutants` folder, two at a time.

    Raises SystemExit when the tests fail without any mutant: there is nothing to measure then.
    """
    temoin = dict(_essayer(dossier, [AUCUN]))
    if temoin[AUCUN] != "survived":
        raise SystemExit("Les tests des moteurs échouent sans mutant : rien à mesurer.")
    with ThreadPoolExecutor(2) as file:
        moities = file.map(lambda part: dict(_essayer(dossier, part)), (noms[::2], noms[1::2]))
        return {nom: etat for moitie in moities for nom, etat in moitie.items()}


def main() -> None:
    """The worker: a name a line comes in, what became of it goes out."""
    import pytest  # noqa: PLC0415 - the parent does without it

    options = ["-x", "-n0", "-q", "-p", "no:cacheprovider", "-p", "no:django"]
    for ligne in sys.stdin:
        os.environ["MUTANT_UNDER_TEST"] = ligne.strip()
        with redirect_stdout(sys.stderr):
            code = pytest.main([*options, *TESTS])
        print("killed" if code == 1 else "survived" if code == 0 else f"faute {code}", flush=True)


if __name__ == "__main__":
    main()
