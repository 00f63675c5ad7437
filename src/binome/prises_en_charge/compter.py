"""What a payer owes for proven minutes, in cents: pure, rounded half up, never more than agreed, no cent lost.

The rule is R6332-25's, payment pro rata of what was followed: minutes × rate, up to the minutes and the amount agreed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

M = TypeVar("M", bound="date")


@dataclass(frozen=True)
class Deja:
    """What former versions of an agreement paid: minutes, and cents."""

    minutes: int = 0
    cents: int = 0


RIEN: Final = Deja()


@dataclass(frozen=True)
class Termes:
    """What an agreement pays: minutes in all, cents of an hour, cents in all (None for no ceiling), what it paid before."""

    minutes: int
    taux_cents: int
    plafond_cents: int | None = None
    deja: Deja = RIEN


@dataclass(frozen=True)
class Payable:
    """What a month is paid: its minutes, and cents."""

    minutes: int
    cents: int


def au_centime(minutes: int, taux_cents: int) -> int:
    """Minutes at so many cents an hour, half up to the cent."""
    return (2 * minutes * taux_cents + 60) // 120


def payable(
    minutes_accordees: int,
    minutes_prouvees: int,
    taux_cents: int,
    plafond_cents: int | None = None,
    deja: Deja = RIEN,
) -> int:
    """Cents due for all the minutes proven under an agreement, beside what was `deja` paid of it; never negative."""
    minutes = max(0, min(minutes_accordees - deja.minutes, minutes_prouvees))
    cents = au_centime(minutes, taux_cents)
    if plafond_cents is None:
        return cents
    return max(0, min(cents, plafond_cents - deja.cents))


def engage(minutes: int, taux_cents: int, plafond_cents: int | None, salaire_cents: int | None) -> int:  # fmt: skip
    """The most that an agreement may cost, wages included."""
    return payable(minutes, minutes, taux_cents, plafond_cents) + au_centime(
        minutes, salaire_cents or 0
    )


def repartir(
    termes: Termes, prouvees: Mapping[M, int], tenus: Mapping[M, Payable] | None = None
) -> dict[M, Payable]:
    """What each month is paid, by its day, out of the minutes that it proves; the sum is `payable` of them all.

    The first months are paid first, whatever the order they were said in. A month of `tenus` whose minutes do not change
    keeps its cents, so that a correction elsewhere does not move it by a rounding.
    """
    reste = max(0, termes.minutes - termes.deja.minutes)
    minutes: dict[M, int] = {}
    for mois in sorted(prouvees):
        minutes[mois] = min(prouvees[mois], reste)
        reste -= minutes[mois]
    total = payable(
        termes.minutes, sum(minutes.values()), termes.taux_cents, termes.plafond_cents, termes.deja
    )
    gardes = {
        mois: un.cents
        for mois, un in (tenus or {}).items()
        if minutes.get(mois) == un.minutes and un.minutes
    }
    cents = _autour(total, gardes, minutes, termes.taux_cents)
    if cents is None:
        cents = _autour(total, {}, minutes, termes.taux_cents) or dict.fromkeys(minutes, 0)
    return {mois: Payable(minutes[mois], cents[mois]) for mois in minutes}


def _autour(
    total: int, gardes: Mapping[M, int], minutes: Mapping[M, int], taux_cents: int
) -> dict[M, int] | None:
    """The cents of each month around those that stay; None where they leave more, or less, than a rounding to the others."""
    reste = total - sum(gardes.values())
    if reste < 0:
        return None
    rendus: dict[M, int] = dict(gardes)
    cumul, dernier = 0, None
    for mois in minutes:
        if mois in gardes:
            continue
        siens = au_centime(cumul + minutes[mois], taux_cents) - au_centime(cumul, taux_cents)
        cumul += minutes[mois]
        rendus[mois] = min(siens, reste)
        reste -= rendus[mois]
        dernier = mois if minutes[mois] else dernier
    if not reste:
        return rendus
    if dernier is None or reste > len(minutes):
        return None
    rendus[dernier] += reste
    return rendus
