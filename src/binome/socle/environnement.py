"""Reads what the environment says, or refuses it by name: a typo must not count as « non »."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from django.core.exceptions import ImproperlyConfigured

from binome.socle.nombres import lire_entier

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


def nombre(
    nom: str, defaut: int, environnement: Mapping[str, str] = os.environ, *, de: str = "fichiers"
) -> int:
    """A whole number, `defaut` when unset or empty. Raises ImproperlyConfigured for another word."""
    valeur = lire_entier(environnement.get(nom, "").strip() or str(defaut), chiffres=9)
    if valeur is None:
        raise ImproperlyConfigured(f"{nom} est un nombre de {de}, par exemple {defaut}.")
    return valeur


def octets(nom: str, defaut: int, environnement: Mapping[str, str] = os.environ) -> int:
    """Bytes, given in megabytes as `defaut` is. Raises ImproperlyConfigured."""
    return nombre(nom, defaut, environnement, de="mégaoctets") * 1_000_000
