"""A database that refuses every write, for as long as a block lasts."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from django.db import connection, transaction

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def lecture_seule() -> Iterator[None]:
    """The database itself refuses, whoever asks: an insert, a session, a sequence."""
    sqlite = connection.vendor == "sqlite"
    # In a savepoint: PostgreSQL gives the transaction its rights back when it is left.
    with transaction.atomic():
        connection.cursor().execute(
            "PRAGMA query_only = ON" if sqlite else "SET TRANSACTION READ ONLY"
        )
        try:
            yield
        finally:
            if sqlite:
                connection.cursor().connection.execute("PRAGMA query_only = OFF")
