"""What SQLite writes ahead of its file, and keeps there after an erasure."""

from __future__ import annotations

from contextlib import suppress

from django.db import OperationalError, connection


def vider_le_journal_de_sqlite() -> None:
    """Puts what is written ahead into the database file and empties it; nothing on PostgreSQL.

    Pages of before an erasure would otherwise wait there. Who reads meanwhile leaves it to the next time.
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with suppress(OperationalError), connection.cursor() as curseur:
            curseur.execute("PRAGMA wal_checkpoint(TRUNCATE)")
