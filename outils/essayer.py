"""Tries the mutants that mutmut made, each in a fork of one process that has only collected the tests.

mutmut collects the tests again for each mutant, which costs seconds where the test that kills takes
milliseconds. Here the collection is done once; a fork forgets what was computed before it, plays the
tests that reach the mutated function, the quickest first, and stops at the first failure. Mutants are
drawn at random: when time is short, those that were tried tell of the others.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import re
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from outils.oubli import oublier

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TUE, VIVANT, SANS_ESSAI, TROP_LONG = 1, 0, 33, -24
"""The exit codes that mutmut writes in its files."""
PATIENCE: Final = 60.0
"""Seconds added to three times what the tests take, before a mutant is held to loop."""
ENSEMBLE: Final = 2
GRAINE: Final = 11


def module_de(nom: str) -> str:
    """`binome.regles.decider` out of a mutant's name."""
    return re.sub(r"\.x[ǁ_].*$", "", nom)


class Fichier:
    """The results of one mutated file, as mutmut keeps them."""

    def __init__(self, chemin: Path) -> None:
        self._chemin = chemin
        self._lu: dict[str, Any] = json.loads(chemin.read_text(encoding="utf-8"))

    def a_essayer(self) -> Iterator[str]:
        """The mutants that nobody tried yet."""
        for nom, code in self._lu["exit_code_by_key"].items():
            if code is None:
                yield nom

    def noter(self, nom: str, code: int) -> None:
        """Keeps a result at once: a run may be cut."""
        self._lu["exit_code_by_key"][nom] = code
        self._chemin.write_text(json.dumps(self._lu, indent=4), encoding="utf-8")


class Guet:
    """Sees the first failure."""

    rate = False

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Called by pytest after each phase of a test."""
        self.rate = self.rate or report.failed


def _jouer(session: pytest.Session, nom: str, essais: list[pytest.Item]) -> int:
    """In a fork: what becomes of the mutant."""
    muet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(muet, 1)
    os.dup2(muet, 2)
    os.environ["MUTANT_UNDER_TEST"] = nom
    oublier()  # what was computed before the fork, under no mutant
    guet = Guet()
    session.config.pluginmanager.register(guet)
    for rang, un in enumerate(essais):
        suivant = essais[rang + 1] if rang + 1 < len(essais) else None
        un.config.hook.pytest_runtest_protocol(item=un, nextitem=suivant)
        if guet.rate:
            return TUE
    return VIVANT


class Essayeur:
    """A pytest plugin whose loop tries mutants instead of playing the tests, for so many seconds."""

    def __init__(self, secondes: float, modules: Iterable[str] = ()) -> None:
        self._fin = time.monotonic() + secondes
        self._modules = frozenset(modules)
        self._vivants: dict[int, tuple[Fichier, str, float]] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Tries the mutants that wait, in a random order, until the time is out."""
        stats = json.loads(Path("mutmut-stats.json").read_text(encoding="utf-8"))
        durees: dict[str, float] = stats["duration_by_test"]
        atteignent: dict[str, list[str]] = stats["tests_by_mangled_function_name"]
        par_nom = {un.nodeid: un for un in session.items}
        fichiers = [Fichier(un) for un in sorted(Path("src").rglob("*.meta"))]
        attendent = [
            (un, nom)
            for un in fichiers
            for nom in un.a_essayer()
            if not self._modules or module_de(nom) in self._modules
        ]
        random.Random(GRAINE).shuffle(attendent)  # noqa: S311 - the same order at each run
        for fichier, nom in attendent:
            if time.monotonic() > self._fin:
                break
            connus = [un for un in atteignent.get(nom.split("__mutmut_")[0], ()) if un in par_nom]
            connus.sort(key=lambda un: durees.get(un, 0))
            if not connus:
                fichier.noter(nom, SANS_ESSAI)
                continue
            while len(self._vivants) >= ENSEMBLE:
                self._attendre()
            limite = time.monotonic() + PATIENCE + 3 * sum(durees.get(un, 0) for un in connus)
            fils = os.fork()
            if fils == 0:
                code = TUE
                with contextlib.suppress(BaseException):
                    code = _jouer(session, nom, [par_nom[un] for un in connus])
                os._exit(code)
            self._vivants[fils] = (fichier, nom, limite)
        while self._vivants:
            self._attendre()
        return True

    def _attendre(self) -> None:
        """Takes one result in, and stops those that loop."""
        while True:
            fils, statut = os.waitpid(-1, os.WNOHANG)
            if fils in self._vivants:
                fichier, nom, _ = self._vivants.pop(fils)
                code = os.waitstatus_to_exitcode(statut)
                trop_long = code == -signal.SIGKILL
                fichier.noter(nom, VIVANT if code == 0 else TROP_LONG if trop_long else TUE)
                return
            for un, (_, _, limite) in self._vivants.items():
                if time.monotonic() > limite:
                    os.kill(un, signal.SIGKILL)
            time.sleep(0.005)


if __name__ == "__main__":
    sys.exit(
        pytest.main(
            ["-q", "-m", "not long and not lourd", "-p", "no:xdist", "-p", "no:cacheprovider",
             "tests/regles", "tests/agenda"],
            plugins=[Essayeur(float(sys.argv[1]), sys.argv[2:])],
        )
    )  # fmt: skip
