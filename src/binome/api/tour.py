"""Whose turn it is: lots wait by address, and each address has one done in turn."""

from __future__ import annotations

from collections import OrderedDict, deque
from threading import Condition
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from binome.api.models import Lot


class Tour:
    """A queue of lots, for several threads; however many an address sends, another waits for one of them."""

    def __init__(self) -> None:
        self._par_origine: OrderedDict[str, deque[Lot]] = OrderedDict()
        self._condition = Condition()
        self._vivants = 0

    def entrer(self, lot: Lot) -> None:
        """Puts a lot behind those of its address."""
        with self._condition:
            self._par_origine.setdefault(lot.origine, deque()).append(lot)
            self._vivants += 1
            self._condition.notify_all()

    def suivant(self) -> Lot:
        """The next lot; its address goes behind the others. Waits for one."""
        with self._condition:
            self._condition.wait_for(lambda: bool(self._par_origine))
            origine, lots = self._par_origine.popitem(last=False)
            lot = lots.popleft()
            if lots:
                self._par_origine[origine] = lots
            return lot

    def sortir(self) -> None:
        """One that was taken is done with."""
        with self._condition:
            self._vivants -= 1
            self._condition.notify_all()

    @property
    def occupe(self) -> bool:
        """Whether a lot waits, or is worked on."""
        return self._vivants > 0

    def attendre(self, secondes: float) -> bool:
        """Waits until nothing is left to do; false when it was too long."""
        with self._condition:
            return self._condition.wait_for(lambda: not self._vivants, secondes)
