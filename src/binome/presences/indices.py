"""What to look at before a certificate is made: patterns that controllers look for, in slots, each with its source.

An indication accuses nobody: it says what will be asked. The patterns and their dated values are data (`indices.yaml`), of no
certification: the rule base decides positionings, and its hash would change with a value that decides none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from binome.regles.lecture import lire_yaml

if TYPE_CHECKING:
    from binome.sessions.models import Creneau

ICI: Final = Path(__file__).parent
FORCES: Final = ("forte", "moyenne", "faible")


@dataclass(frozen=True)
class MotifDIndice:
    """A pattern: its name in French, how much it weighs, who looks for it."""

    code: str
    titre: str
    force: str
    source: str


@dataclass(frozen=True)
class Indice:
    """A pattern met in a slot, and on what; `phrase` says who or what."""

    motif: MotifDIndice
    creneau: Creneau
    phrase: str


@cache
def _donnees() -> dict[str, Any]:
    lues: dict[str, Any] = dict(lire_yaml(ICI / "indices.yaml"))
    return lues


@cache
def motifs() -> dict[str, MotifDIndice]:
    """The patterns, by code. Raises ValueError for one without its weight or its source."""
    lues = _donnees()
    rendus = {}
    for code, un in lues["indices"].items():
        if un["force"] not in FORCES or un["source"] not in lues["sources"]:
            msg = f"l’indice « {code} » ne dit pas sa force, ou sa source"
            raise ValueError(msg)
        rendus[code] = MotifDIndice(code, un["titre"], un["force"], lues["sources"][un["source"]])
    return rendus


def seuil(nom: str, le: date | None = None) -> int:
    """A dated value, on a day, today unless said. Raises ValueError when none holds."""
    jour = le or timezone.localdate()
    for une in _donnees()["seuils"][nom]["valeurs"]:
        if une.get("du", date.min) <= jour <= une.get("au", date.max):
            return int(une["valeur"])
    msg = f"le seuil « {nom} » n’a pas de valeur le {jour}"
    raise ValueError(msg)


def avant(le: date | None = None) -> timedelta:
    """How long before its slot begins a signature is understood."""
    return timedelta(minutes=seuil("avant", le))


def apres(le: date | None = None) -> timedelta:
    """How long after its slot ends."""
    return timedelta(minutes=seuil("apres", le))
