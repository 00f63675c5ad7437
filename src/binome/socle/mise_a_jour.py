"""The database brought to the version of the program, by one process at a time."""

from __future__ import annotations

import fcntl
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.core.management import call_command
from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterator

VERROU: Final = "mise-a-jour.verrou"
CLE: Final = 20_180_925
"""Names the lock among those of a PostgreSQL server."""


@contextmanager
def a_son_tour() -> Iterator[None]:
    """Waits until no other process brings this database up to date. Raises OSError, DatabaseError."""
    if connection.vendor == "postgresql":
        with connection.cursor() as curseur:
            curseur.execute("SELECT pg_advisory_lock(%s)", [CLE])
            try:
                yield
            finally:
                curseur.execute("SELECT pg_advisory_unlock(%s)", [CLE])
        return
    with (Path(settings.DONNEES) / VERROU).open("wb") as fichier:
        fcntl.flock(fichier, fcntl.LOCK_EX)
        yield


def base_disparue() -> bool:
    """Whether the database holds nothing, where anchors tell of a journal that was kept: it is elsewhere, or lost."""
    ancres = Path(settings.ANCRES)
    # A base that was never made keeps no anchor; one that was emptied, or named wrongly, has them still.
    tenues = ancres.is_dir() and any(un.stat().st_size for un in ancres.glob("*.jsonl"))
    return tenues and "django_migrations" not in connection.introspection.table_names()


def mettre_a_jour() -> None:
    """Brings the database to the version of the program. Raises DatabaseError, OSError."""
    call_command("migrate", interactive=False, verbosity=0)
