"""The jobs of retention: warn before the term, then erase, then purge; killed at any moment, taken again."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import connection
from django.utils import timezone

from binome.conservation.detenteurs import DETENTEURS
from binome.journal import trousseau
from binome.journal.models import Oubli
from binome.socle.ecrit_d_avance import vider_le_journal_de_sqlite
from binome.socle.purge import purger

RECENT: Final = timedelta(days=2)
"""Erasures that the purge of the night has yet to follow, should one night have failed."""


def purger_apres_un_effacement() -> int:
    """Once an erasure was done lately: rewrites the keys, and the database where it is ours to; how many were.

    SQLite overwrites what it frees, but a page that was rearranged may keep a copy in its gaps. PostgreSQL
    is for its owner to purge: `binome donnees purger`. Raises OperationalError while somebody writes for long.
    """
    recents = Oubli.objects.filter(fait_le__gte=timezone.now() - RECENT)
    if connection.in_atomic_block or not recents.exists():
        return 0
    trousseau.reecrire()
    if connection.vendor != "sqlite":
        return 1
    purger()
    return 2


def conserver() -> int:
    """One pass of the job: warns, then erases."""
    avertis = sum(un.prevenir() for un in DETENTEURS)
    effaces = sum(un.effacer() for un in DETENTEURS)
    if effaces:
        vider_le_journal_de_sqlite()
    return avertis + effaces
