"""The long tests, for pytest: each says its seconds, and those that fit in a time run alone.

`@pytest.mark.long(40)`: forty seconds on one quiet core, as last measured. `--temps 300` keeps the
long tests that two processes play in so many seconds, the shortest first, and says what is left out.
A file named `…_longue.py` holds nothing else: the quick tests do not even read it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

PROCESSUS: Final = 2
LAISSES: Final = pytest.StashKey[list[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds `--temps`."""
    parser.addoption("--temps", type=int, metavar="SECONDES", help="long tests that fit in it")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leaves out a file of long tests, when there will be none; None leaves it to others to say."""
    courts = str(config.getoption("-m")).startswith("not long")
    return True if courts and collection_path.name.endswith("_longue.py") else None


def secondes(test: pytest.Item) -> float:
    """The seconds that a long test says of itself. Raises UsageError when it says none."""
    dites = [marque.args[:1] for marque in test.iter_markers("long")]
    if not all(dites):
        msg = f"{test.nodeid} : « long » dit ses secondes, par exemple pytest.mark.long(40)"
        raise pytest.UsageError(msg)
    return max(float(une) for (une,) in dites)


def qui_tiennent(durees: Iterable[tuple[str, float]], temps: int) -> set[str]:
    """The names, the shortest first, whose seconds fit together in what the processes have."""
    gardes, reste = set[str](), float(temps * PROCESSUS)
    for duree, nom in sorted((duree, nom) for nom, duree in durees):
        # One test runs in one process: it must end in time by itself.
        if duree <= min(reste, temps):
            gardes.add(nom)
            reste -= duree
    return gardes


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Refuses a long test without its seconds; keeps those that fit, when a time is given."""
    longs = {un.nodeid: secondes(un) for un in items if un.get_closest_marker("long")}
    temps: int | None = config.getoption("--temps")
    if temps is None:
        return
    gardes = qui_tiennent(longs.items(), temps)
    config.stash[LAISSES] = sorted(longs.keys() - gardes)
    config.hook.pytest_deselected(items=[un for un in items if un.nodeid not in gardes])
    items[:] = [un for un in items if un.nodeid in gardes]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Names what did not fit."""
    laisses = terminalreporter.config.stash.get(LAISSES, [])
    if laisses:
        terminalreporter.write_line(f"Non joués, faute de temps : {', '.join(laisses)}")
