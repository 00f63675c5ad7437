"""The loop that listens to every connection of one process.

waitress asks each connection at each round whether it wants to read or to write, and builds the list again: some
microseconds for each that is open, at each byte that comes. Here only those that something happened to are asked.
"""

from __future__ import annotations

import select
from collections import deque
from typing import TYPE_CHECKING, Any, Final

from waitress import wasyncore
from waitress.channel import HTTPChannel

if TYPE_CHECKING:
    from collections.abc import Callable

LIRE: Final = select.POLLIN | select.POLLPRI
ECRIRE: Final = select.POLLOUT


class Ouverts(dict[int, Any]):
    """What is open, by file number, and which numbers came or went since somebody looked."""

    def __init__(self) -> None:
        super().__init__()
        self.changes: set[int] = set()

    def __setitem__(self, numero: int, objet: Any) -> None:
        self.changes.add(numero)
        super().__setitem__(numero, objet)

    def __delitem__(self, numero: int) -> None:
        self.changes.add(numero)
        super().__delitem__(numero)


class Boucle:
    """Waits for what is open, and has it read and written. One thread alone turns it."""

    def __init__(self, carte: Ouverts, ronde: Callable[[], object]) -> None:
        """`ronde` gives another value each time that every connection may have changed its mind."""
        self._carte = carte
        self._ronde = ronde
        self._derniere: object = None
        self._sondeur = select.poll()
        self._inscrits: dict[int, int] = {}
        self._mouvants: set[int] = set()
        """Those that do not merely wait to be read: their wish may change without a word to the loop."""
        self._signales: deque[int] = deque()

    def signaler(self, numero: int) -> None:
        """One may have changed its mind. Any thread may call it; the loop must be woken then."""
        self._signales.append(numero)

    def tourner(self, secondes: float) -> None:
        """Waits at most so long, then lets each that is ready read or write."""
        self._inscrire()
        for numero, drapeaux in self._sondeur.poll(int(secondes * 1000)):
            objet = self._carte.get(numero)
            if objet is not None:
                wasyncore.readwrite(objet, drapeaux)
                self._mouvants.add(numero)

    def _inscrire(self) -> None:
        """Asks what each wishes that may have changed its mind."""
        changes = self._carte.changes
        a_voir = self._mouvants | changes
        changes.clear()
        while self._signales:
            a_voir.add(self._signales.popleft())
        self._mouvants = set()
        for numero in a_voir:
            self._demander(numero)
        ronde = self._ronde()
        if ronde != self._derniere:
            self._derniere = ronde
            for numero in set(self._carte) - a_voir:
                self._demander(numero)

    def _demander(self, numero: int) -> None:
        """Writes down what one wishes. What is no connection may change its mind whenever it likes."""
        objet = self._carte.get(numero)
        drapeaux = 0
        if objet is not None:
            objet.ecoute = (
                None  # a thread that looks meanwhile does not take the old wish for the new
            )
            if objet.readable():
                drapeaux = LIRE
            if objet.writable() and not objet.accepting:
                drapeaux |= ECRIRE
            if drapeaux != LIRE or not isinstance(objet, HTTPChannel):
                self._mouvants.add(numero)
            objet.ecoute = drapeaux
        if drapeaux == self._inscrits.get(numero, 0):
            return
        if drapeaux:
            self._inscrits[numero] = drapeaux
            self._sondeur.register(numero, drapeaux)
        else:
            del self._inscrits[numero]
            self._sondeur.unregister(numero)
