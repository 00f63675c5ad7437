"""Forgetting what was computed: a process that was forked must compute again."""

from __future__ import annotations

import sys


def oublier() -> None:
    """Empties every cache of the house, and of its tests."""
    for nom, module in list(sys.modules.items()):
        if nom.startswith(("binome.", "tests.")):
            for objet in vars(module).values():
                if hasattr(objet, "cache_clear"):
                    objet.cache_clear()
