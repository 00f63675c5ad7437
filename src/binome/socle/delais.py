"""How long a process waits for the database: little when a person waits for a page, long for the jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Delais(NamedTuple):
    """Milliseconds before giving up: a connection to have, a statement, a lock, a transaction left idle.

    SQLite has the lock alone: it is the time to wait for who writes.
    """

    connexion: int
    ordre: int
    verrou: int
    inactive: int


COURTS: Final = Delais(connexion=5_000, ordre=15_000, verrou=8_000, inactive=30_000)
"""Of who answers pages: a thread held longer is a thread that nobody else has."""
LONGS: Final = Delais(connexion=30_000, ordre=900_000, verrou=60_000, inactive=600_000)
"""Of the jobs, the migrations and the command line."""
PAR_NOM: Final[Mapping[str, Delais]] = {"courts": COURTS, "longs": LONGS}
