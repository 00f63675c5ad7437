"""What the shelves hold, and for whom: each room says which of its columns name files.

The sweep and the erasure read this list, so that a table that shelves files is swept and erased as soon as it is
declared. The backup reads its own (`socle/emports.py`), that every shelf enters by being made.
"""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model

    from binome.etagere.rayon import Rayon

PAQUET: Final = 500
"""Names asked of the database at a time."""
ABANDON: Final = timedelta(hours=1)
"""Older, a file that no row names can only be what a kill left."""


@dataclass(frozen=True)
class Rangement:
    """A column whose rows name files of a shelf; `chemin` leads from a row to the `proprietaire` whose file it is."""

    rayon: Rayon
    modele: type[Model]
    champ: str
    proprietaire: type[Model]
    chemin: str

    def nommes(self, noms: Iterable[str]) -> set[str]:
        """Those of some names that a row gives."""
        lignes = self.modele._default_manager.filter(**{f"{self.champ}__in": list(noms)})
        return set(lignes.order_by().values_list(self.champ, flat=True))

    def noms_de(self, proprietaire: Model) -> list[str]:
        """The stored names of the files of an owner, in the order of their rows."""
        lignes = self.modele._default_manager.filter(**{self.chemin: proprietaire})
        nommees = lignes.exclude(**{self.champ: ""}).order_by("pk")
        return list(nommees.values_list(self.champ, flat=True))


_RANGEMENTS: Final[dict[tuple[str, str, str], Rangement]] = {}


def declarer(*rangements: Rangement) -> None:
    """Makes columns known; for the rooms, once Django has read their models."""
    for un in rangements:
        _RANGEMENTS[un.rayon.nom, un.modele._meta.label_lower, un.champ] = un


def rangements() -> list[Rangement]:
    """Every column that names files, by shelf."""
    return [_RANGEMENTS[cle] for cle in sorted(_RANGEMENTS)]


def fichiers_de(proprietaire: Model) -> list[tuple[Rayon, str]]:
    """The shelf and the stored name of every file of an owner."""
    siens = [un for un in rangements() if isinstance(proprietaire, un.proprietaire)]
    return [(un.rayon, nom) for un in siens for nom in un.noms_de(proprietaire)]


def jeter(fichiers: Iterable[tuple[Rayon, str]]) -> None:
    """Takes files off their shelves; one already gone is no fault. Raises OSError when the disk refuses."""
    for rayon, nom in fichiers:
        # A name that the shelf does not give has no file there: a made-up dossier's.
        with suppress(ValueError):
            rayon.jeter(nom)


def balayer(age: timedelta = ABANDON) -> int:
    """Takes away what a kill left: on every shelf, the files older than `age` that no row names; how many."""
    par_rayon: dict[Rayon, list[Rangement]] = {}
    for un in rangements():
        par_rayon.setdefault(un.rayon, []).append(un)
    return sum(_balayer(rayon, siens, age) for rayon, siens in par_rayon.items())


def _balayer(rayon: Rayon, siens: list[Rangement], age: timedelta) -> int:
    if not rayon.dossier().is_dir():
        return 0
    limite = time.time() - age.total_seconds()
    anciens = [
        fichier
        for fichier in rayon.dossier().iterdir()
        if fichier.is_file() and fichier.stat().st_mtime <= limite
    ]
    otes = 0
    for debut in range(0, len(anciens), PAQUET):
        lot = {
            f"{rayon.nom}/{fichier.name}": fichier for fichier in anciens[debut : debut + PAQUET]
        }
        for nom in lot.keys() - set().union(*(un.nommes(lot) for un in siens)):
            lot[nom].unlink(missing_ok=True)
            otes += 1
    return otes
