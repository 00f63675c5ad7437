"""How much is kept: each room says what counts for whom; the disk that must stay free is the same for all."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Count, Sum

from binome.socle.etat_de_la_machine import place_manque

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.db.models import Model, QuerySet


class Occupation(NamedTuple):
    """What is kept: how many files, and their bytes."""

    fichiers: int
    octets: int


class Quota(NamedTuple):
    """So many files and bytes at most (None: any number of files); `raison` is one of `refus.RAISONS`."""

    raison: str
    garde: Callable[[], Occupation]
    octets: int
    fichiers: int | None = None

    def laisse(self, octets: int) -> bool:
        """Whether one more file of so many bytes may come."""
        garde = self.garde()
        plein = self.fichiers is not None and garde.fichiers >= self.fichiers
        return not plein and garde.octets + octets <= self.octets


def exiger_la_place() -> None:
    """Raises OSError, as a full disk does, when less than `PLACE_MINIMALE` would stay free."""
    if place_manque():
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def verrouiller(*lignes: tuple[type[Model], int]) -> None:
    """Makes who counts for the same rows wait for the end of this transaction.

    SQLite has one writer at a time already. Give them always in the same order: two deposits then never hold
    each other up.
    """
    for modele, numero in lignes:
        modele._default_manager.select_for_update(no_key=True).values_list("pk").get(pk=numero)


def atteint(quotas: Iterable[Quota], octets: int) -> str:
    """The reason of the first quota that one more file of so many bytes would pass; empty for none.

    Only after `verrouiller`, in its transaction, does the answer hold until the file is written.
    """
    return next((un.raison for un in quotas if not un.laisse(octets)), "")


def compter(*lignes: QuerySet[Any]) -> Occupation:
    """The files that rows name, by their column `octets`."""
    lues = [une.aggregate(fichiers=Count("pk"), octets=Sum("octets")) for une in lignes]
    return Occupation(sum(une["fichiers"] for une in lues), sum(une["octets"] or 0 for une in lues))
