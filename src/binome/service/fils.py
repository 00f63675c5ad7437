"""The threads that answer, and how many of them work at once.

Python runs one thread at a time: those that all want to go on spend their time taking turns, and a turn costs more
than a line of code. A request that has just begun has the interpreter for itself; one that lasts is likely to wait
for something else, a database or a file, and the next one begins beside it.
"""

from __future__ import annotations

import logging
from collections import deque
from queue import SimpleQueue
from threading import Lock, Thread, get_ident
from time import monotonic
from typing import Any, Final

DE_FRONT: Final = 1
"""Requests begun lately that are answered at once, by one process."""
LONGUE: Final = 0.005
"""Seconds after which a request no longer holds the next one."""

journal = logging.getLogger("waitress")


class Repartiteur:
    """Threads that each take the oldest request, when it may begin."""

    def __init__(self, fils: int) -> None:
        self._attendent: deque[Any] = deque()
        self._debuts: dict[int, float] = {}
        """When each thread at work began its request."""
        self._fils = self._oisifs = fils
        self._reveilles = 0
        """Threads that were called, and did not take a request yet."""
        self._verrou = Lock()
        self._reveils: SimpleQueue[bool] = SimpleQueue()
        for rang in range(fils):
            Thread(target=self._servir, name=f"demandes-{rang}", daemon=True).start()

    def _servir(self) -> None:
        while self._reveils.get():
            tache = self._suivante(reveille=1)
            while tache is not None:
                try:
                    tache.service()
                except BaseException:
                    journal.exception("service")
                tache = self._suivante()

    def _suivante(self, reveille: int = 0) -> Any:
        """The request that this thread takes; None when it is to rest."""
        with self._verrou:
            self._reveilles -= reveille
            if self._attendent:
                self._debuts[get_ident()] = monotonic()
                return self._attendent.popleft()
            self._debuts.pop(get_ident(), None)
            self._oisifs += 1
            return None

    def add_task(self, tache: Any) -> None:
        """Puts a request at the end of the queue. waitress calls it so."""
        with self._verrou:
            self._attendent.append(tache)
            self._reveiller()

    def secourir(self) -> bool:
        """Has another thread work when those that do have been at it for long; whether requests wait."""
        if not self._attendent:
            return False
        with self._verrou:
            self._reveiller()
        return True

    def _reveiller(self) -> None:
        if not self._oisifs:
            return
        depuis = monotonic() - LONGUE
        recentes = self._reveilles + sum(debut > depuis for debut in self._debuts.values())
        if recentes < DE_FRONT:
            self._oisifs -= 1
            self._reveilles += 1
            self._reveils.put(True)

    def en_attente(self) -> int:
        """Requests that no thread has taken yet."""
        return len(self._attendent)

    def fermer(self) -> None:
        """What waits is not answered; each thread ends once it has finished its own request."""
        with self._verrou:
            self._attendent.clear()
            for _ in range(self._fils):
                self._reveils.put(False)
