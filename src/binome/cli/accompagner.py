"""The jobs beside the server: a process that is started again if it falls, and dies with the server."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def _lancer() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "binome", "travaux", "--avec-le-serveur"],
        stdin=subprocess.PIPE,  # closed by the system when the server dies, however it does
        stdout=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C is for the server, which then closes the pipe
    )


@contextmanager
def travaux_a_cote() -> Iterator[None]:
    """Runs the jobs in a process of their own while the block lasts."""
    fin = Event()
    courants: list[subprocess.Popen[bytes]] = []

    def veiller() -> None:
        while not fin.is_set():
            courants[:] = [_lancer()]
            courants[0].wait()
            fin.wait(5)

    Thread(target=veiller, daemon=True).start()
    try:
        yield
    finally:
        fin.set()
        for un in courants:
            if un.stdin is not None:
                un.stdin.close()
            try:
                un.wait(10)
            except subprocess.TimeoutExpired:
                un.kill()
