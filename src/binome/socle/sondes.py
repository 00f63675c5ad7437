"""Questions put to the machine that may never answer: each asked aside, and waited for a moment.

Who watches asks often, and anyone may: an answer serves for a few seconds, and a question that hangs is
not put again beside itself.
"""

from __future__ import annotations

import time
from threading import Lock, Thread
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MUETTE: Final = "ne répond pas"


class Sonde:
    """One question, about the things that it names; each answer is empty when all is well."""

    def __init__(
        self,
        noms: tuple[str, ...],
        essayer: Callable[[], Mapping[str, str]],
        *,
        fraicheur: float = 2.0,
    ) -> None:
        """`fraicheur`: seconds for which an answer serves."""
        self.noms = noms
        self._essayer = essayer
        self._fraicheur = fraicheur
        self._verrou = Lock()
        self._fil: Thread | None = None
        self._repondu: tuple[float, Mapping[str, str]] = (float("-inf"), {})

    def _poser(self) -> None:
        try:
            reponse = self._essayer()
        except Exception:
            # Whatever it is, the thing is not in order, and its words are for no one outside.
            reponse = dict.fromkeys(self.noms, MUETTE)
        self._repondu = (time.monotonic(), reponse)

    def demander(self) -> None:
        """Puts the question, unless its answer is fresh or it hangs already."""
        with self._verrou:
            if self._fil is not None and self._fil.is_alive():
                return
            if time.monotonic() - self._repondu[0] < self._fraicheur:
                return
            self._fil = Thread(target=self._poser, name=f"sonde {self.noms[0]}", daemon=True)
            self._fil.start()

    def attendre(self, jusqu_a: float) -> Mapping[str, str]:
        """The answer, waited for until that instant of the monotonic clock."""
        fil = self._fil
        if fil is not None:
            fil.join(max(0.0, jusqu_a - time.monotonic()))
            if fil.is_alive():
                return dict.fromkeys(self.noms, MUETTE)
        return self._repondu[1]


def interroger(sondes: tuple[Sonde, ...], *, delai: float = 1.0) -> dict[str, str]:
    """What each says, by name, within `delai` seconds in all."""
    limite = time.monotonic() + delai
    for sonde in sondes:
        sonde.demander()
    return {nom: dit for sonde in sondes for nom, dit in sonde.attendre(limite).items()}
