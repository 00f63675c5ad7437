"""So many at a time: places that all the processes of an instance share, by locks on files.

The system frees a place when its holder dies, whatever kills it.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from threading import BoundedSemaphore
from time import monotonic, sleep
from typing import TYPE_CHECKING, Final

from binome.cloison import reglages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PAS: Final = 0.05
"""Seconds between two looks at the places."""
FILS: Final = 4
"""Requests of one process that may wait or read at a time: half of the threads of a server."""
_HASARD: Final = Random()  # noqa: S311 - spreads, hides nothing
"""Its own: a thread that waits for a place must not move the chance that others draw from, in tests above all."""


class CloisonPleine(Exception):
    """No place in time: the house is full, and the file is not at fault."""

    def __init__(self) -> None:
        super().__init__(
            "Beaucoup de documents sont lus en ce moment. Recommencez dans une minute."
        )


def _rien() -> None:
    """What is done while waiting, by who has nothing to do."""


@dataclass(frozen=True)
class File:
    """A queue: its name, how many places it has, and how many seconds one may wait for one."""

    nom: str
    nombre: Callable[[], int]
    attente: float
    passages: BoundedSemaphore | None = field(default=None)
    """Bounds those who wait or read in this process; who comes beyond is refused at once."""

    @contextmanager
    def place(self, pendant: Callable[[], None] = _rien) -> Iterator[None]:
        """Holds a place; `pendant` is called at each look while there is none. Raises CloisonPleine."""
        if self.passages is not None and not self.passages.acquire(blocking=False):
            raise CloisonPleine
        try:
            verrou = self._attendre(pendant)
            try:
                yield
            finally:
                if verrou is not None:
                    os.close(verrou)
        finally:
            if self.passages is not None:
                self.passages.release()

    def _attendre(self, pendant: Callable[[], None]) -> int | None:
        """The lock's descriptor; None where no lock can be had, and only the process bounds itself."""
        fin = monotonic() + self.attente
        try:
            dossier = reglages.dossier()
            while (verrou := self._prendre(dossier)) is None:
                if monotonic() >= fin:
                    raise CloisonPleine
                pendant()
                sleep(PAS)
        except OSError:
            return None
        return verrou

    def _prendre(self, dossier: Path) -> int | None:
        nombre = self.nombre()
        premier = _HASARD.randrange(nombre)
        for rang in range(nombre):
            nom = dossier / f"{self.nom}-{(premier + rang) % nombre}"
            verrou = os.open(nom, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(verrou, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(verrou)
            except BaseException:
                os.close(verrou)
                raise
            else:
                return verrou
        return None


LECTURE: Final = File("lecture", reglages.places, 8, BoundedSemaphore(FILS))
"""Readings that a person waits for: a document, a table, a page to draw."""
PAPIERS: Final = File("papier", lambda: max(1, reglages.places() // 2), 8, BoundedSemaphore(3))
"""Sealed papers made while a person waits: with the readings, a thread of the server is left for the other pages."""
LOTS: Final = File("lot", lambda: max(1, reglages.places() // 2), float("inf"))
"""Whole lots, which nobody's request waits for."""
