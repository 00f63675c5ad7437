"""What of an aid contract its clocks and its payments are counted from: plain values, without a database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

UN_JOUR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pause:
    """A time that is not like the others, its first and last days included; `au` is None while it lasts."""

    du: date
    au: date | None = None

    @property
    def jours(self) -> int | None:
        """How many days it lasted; None while it does."""
        return None if self.au is None else (self.au - self.du).days + 1

    def contient(self, jour: date) -> bool:
        """Whether a day is in it."""
        return self.du <= jour and (self.au is None or jour <= self.au)

    def touche(self, du: date, au: date) -> bool:
        """Whether it has a day in common with a time, both ends included."""
        return self.du <= au and (self.au is None or self.au >= du)


@dataclass(frozen=True, slots=True, kw_only=True)
class PosteTenu:
    """Who works under a contract. `cle` never changes. `du` is the day that they began, `au` their last one, included.

    `faits` is what is known of their training, as facts of the rule base (`voie`, `diplomes`, `afgsu_date`). `a_remplacer`: they
    held the secretary's post before, that is to be filled; None while nobody said.
    """

    cle: int
    du: date
    au: date | None = None
    a_remplacer: bool | None = None
    faits: Mapping[str, Any] = field(default_factory=dict)
    forme_depuis: date | None = None
    qualifie_le: date | None = None
    remplacee_le: date | None = None
    absences: tuple[Pause, ...] = ()


@dataclass(frozen=True, slots=True)
class Amendement:
    """What an amendment changes of the facts of the signature, from a day on."""

    du: date
    change: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class VieComptee:
    """A contract, as far as days and money are counted from it.

    `faits` are those that the rule base was given at the signature, typed as it reads them. `fin` is the last day told at the signature, `fini_le` the one
    on which it did end. `faits_tenus` are the clocks that somebody said were done, by code and rank, each with the day.
    """

    faits: Mapping[str, Any]
    signe_le: date
    fin: date
    fini_le: date | None = None
    renouvele_le: date | None = None
    suspensions: tuple[Pause, ...] = ()
    amendements: tuple[Amendement, ...] = ()
    postes: tuple[PosteTenu, ...] = ()
    tenues: Mapping[tuple[str, int], date] = field(default_factory=dict)
    territoire: str = ""

    def suspendu(self, jour: date) -> bool:
        """Whether the contract is suspended on a day."""
        return any(pause.contient(jour) for pause in self.suspensions)

    def faits_le(self, jour: date) -> dict[str, Any]:
        """The facts of the contract on a day: those of its signature, as amended by then."""
        faits = dict(self.faits)
        for amendement in sorted(self.amendements, key=lambda un: un.du):
            if amendement.du <= jour:
                faits |= amendement.change
        return faits

    def recul(self, jour: date) -> int | None:
        """How many days a day would move by, if a suspension moved it by as long; None while one that began before it lasts."""
        return recul(self.suspensions, jour)


def recul(pauses: Iterable[Pause], jour: date) -> int | None:
    """The days of the pauses that began on or before a day; None while one of them lasts.

    A day that moves may meet a pause that it did not meet before: pauses are taken in their order.
    """
    total = 0
    for pause in sorted(pauses, key=lambda une: une.du):
        if pause.du > jour + timedelta(days=total):
            continue
        if pause.jours is None:
            return None
        total += pause.jours
    return total
