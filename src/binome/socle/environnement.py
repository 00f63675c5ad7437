"""Reads what the environment says, or refuses it by name: a typo must not count as « non »."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    from collections.abc import Mapping

OUI: Final = frozenset({"oui", "1", "true", "yes"})
NON: Final = frozenset({"non", "0", "false", "no", ""})


def oui(nom: str, environnement: Mapping[str, str] = os.environ) -> bool:
    """Whether a variable says yes; unset or empty is no. Raises ImproperlyConfigured for another word."""
    mot = environnement.get(nom, "").strip().lower()
    if mot not in OUI | NON:
        raise ImproperlyConfigured(f"{nom} vaut « oui » ou « non », pas « {mot} ».")
    return mot in OUI
