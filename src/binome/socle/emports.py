"""What a backup takes along besides the database: each room declares what it keeps outside of it.

A shelf is a folder of MEDIA_ROOT; a store is anything else that must be copied at one instant (the keys of
the journal, for instance). What is not declared is not saved: a folder that nobody knows of is told.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.conf import settings

from binome.ecriture import PARTIEL

if TYPE_CHECKING:
    from collections.abc import Iterator


Copie = Callable[[Path], None]


@dataclass(frozen=True)
class Reserve:
    """A store outside the database. `copier` writes it as it is now into an empty folder, `remettre` puts it back.

    It is copied after the database: what an entry needs is in the store before the entry is. It is only put
    back where it is `vide`: nothing of another machine is mixed with it.
    """

    nom: str
    copier: Copie
    remettre: Copie
    vide: Callable[[], bool] = lambda: True


_SAUVES: Final[set[str]] = set()
_DERIVES: Final[set[str]] = set()
_RESERVES: Final[dict[str, Reserve]] = {}


def declarer_rayon(nom: str, *, derivable: bool = False) -> None:
    """Declares a folder of MEDIA_ROOT: saved, unless everything in it can be made again."""
    (_DERIVES if derivable else _SAUVES).add(nom)


def declarer_reserve(reserve: Reserve) -> None:
    """Declares a store, saved and put back as a part of its own."""
    _RESERVES[reserve.nom] = reserve


def rayons_sauves() -> tuple[str, ...]:
    """The folders of MEDIA_ROOT that a backup takes, by name."""
    return tuple(sorted(_SAUVES))


def rayons_derivables() -> tuple[str, ...]:
    """The folders of MEDIA_ROOT that it leaves: they can be made again."""
    return tuple(sorted(_DERIVES))


def reserves() -> tuple[Reserve, ...]:
    """The stores that a backup takes, by name."""
    return tuple(_RESERVES[nom] for nom in sorted(_RESERVES))


def rayons_inconnus() -> tuple[str, ...]:
    """The folders of MEDIA_ROOT that no room declares: a backup does not take them."""
    racine = Path(settings.MEDIA_ROOT)
    if not racine.is_dir():
        return ()
    presents = {dossier.name for dossier in racine.iterdir() if dossier.is_dir()}
    return tuple(sorted(presents - _SAUVES - _DERIVES))


def fichiers_des_rayons() -> Iterator[tuple[str, Path]]:
    """Every whole file of the shelves that are saved, under the name it has in an archive."""
    racine = Path(settings.MEDIA_ROOT)
    for rayon in rayons_sauves():
        if (racine / rayon).is_dir():
            for chemin in sorted((racine / rayon).iterdir()):
                if chemin.is_file() and chemin.suffix != PARTIEL:
                    yield f"fichiers/{rayon}/{chemin.name}", chemin
