"""A process that forks leaves its connections to its parent.

Two processes on one socket read each other's answers. Our own programs start others without forking;
this holds for what a library or a future program would do.
"""

from __future__ import annotations

import os
from typing import Any, Final

from django.db import connections

_LAISSEES: Final[list[Any]] = []
"""What the child never uses and never closes: to close would speak to the server on the parent's socket."""


def laisser_les_connexions() -> None:
    """In a child just forked: forgets the pools and the connections, which it then opens of its own."""
    for connexion in connections.all(initialized_only=True):
        _LAISSEES.append(connexion.connection)
        piscines = getattr(connexion, "_connection_pools", None)
        if piscines:
            _LAISSEES.extend(piscines.values())
            piscines.clear()
        connexion.connection = None
        del connections[connexion.alias]


def veiller_aux_duplications() -> None:
    """From now on, in this process and in those that it forks."""
    os.register_at_fork(after_in_child=laisser_les_connexions)
