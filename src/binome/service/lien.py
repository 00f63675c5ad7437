"""What ties a process to the one that started it: it never outlives it."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from threading import Thread
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

ENTREE: Final = 0
"""Standard input: a pipe whose other end the watcher holds; the system closes it when it dies."""
_PR_SET_PDEATHSIG: Final = 1


def mourir_avec_le_parent() -> None:
    """Asks the system to kill this process when its parent dies, where it can (Linux).

    The pipe says it too, to a process that is able to listen; this holds for one that is stuck.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def suivre_l_entree(arreter: Callable[[], None]) -> None:
    """Calls once standard input closes, from a thread of its own."""

    def attendre() -> None:
        # Not sys.stdin: its lock, held by this thread, would stop the interpreter from ending.
        while os.read(ENTREE, 4096):
            pass
        arreter()

    Thread(target=attendre, daemon=True).start()
